package dev.keygate.sidecar.unwrap;

import dev.keygate.azure.jose.Base64Url;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.RefusedException;

/**
 * The wire's {@code key_hsm}: a wrapped key and how it is wrapped. Base64url of a JSON object with
 * {@code schema_version}, {@code header} and {@code ciphertext}.
 *
 * @param encryption the header's {@code enc}
 * @param ciphertext the wrapped AES key and, after it, the wrapped material
 */
public record KeyHsmBlob(KeyEncryption encryption, Bytes ciphertext) {

  private static final String SCHEMA_VERSION = "1.0";

  /** RSA-4096 in PKCS #8 has under 2400 octets. */
  private static final int LONGEST_TEXT = 16 << 10;

  /**
   * Reads the member's text.
   *
   * @throws RefusedException {@code UnwrapFailed} for every other text
   */
  public static KeyHsmBlob parse(String keyHsm) throws RefusedException {
    if (keyHsm.length() > LONGEST_TEXT) {
      throw Unwrapping.failed("key_hsm is larger than a wrapped key is");
    }
    try {
      JsonMembers blob = JsonMembers.parse(decode("key_hsm", keyHsm));
      require("schema_version", SCHEMA_VERSION, blob.text("schema_version"));
      JsonMembers header = blob.members("header");
      require("header.alg", "dir", header.text("alg"));
      KeyEncryption encryption =
          KeyEncryption.of(header.text("enc"))
              .orElseThrow(
                  () -> Unwrapping.failed("key_hsm.header.enc is no encryption that we know"));
      return new KeyHsmBlob(encryption, decode("ciphertext", blob.text("ciphertext")));
    } catch (JsonFormatException malformed) {
      throw Unwrapping.failed("key_hsm is malformed, " + malformed.getMessage());
    }
  }

  /**
   * Tells the two ciphertexts apart: the first one is as long as the transfer key's modulus.
   *
   * @throws RefusedException {@code UnwrapFailed} if nothing that could be a key is left for the
   *     second
   */
  public WrappedKey splitAt(int modulusBytes) throws RefusedException {
    int materialBytes = ciphertext.size() - modulusBytes;
    if (materialBytes < WrappedKey.SMALLEST_MATERIAL_BYTES || materialBytes % 8 != 0) {
      throw Unwrapping.failed(
          "the ciphertext has "
              + ciphertext.size()
              + " bytes, which is not "
              + modulusBytes
              + " and 16 or more in steps of 8");
    }
    return new WrappedKey(
        encryption,
        ciphertext.slice(0, modulusBytes),
        ciphertext.slice(modulusBytes, materialBytes));
  }

  private static Bytes decode(String name, String text) throws RefusedException {
    return Base64Url.decode(text)
        .orElseThrow(() -> Unwrapping.failed(name + " is not base64url without padding"));
  }

  private static void require(String name, String expected, String found) throws RefusedException {
    if (!expected.equals(found)) {
      throw Unwrapping.failed("key_hsm." + name + " is not '" + expected + "'");
    }
  }

  /** How it is wrapped and how large it is. */
  @Override
  public String toString() {
    return "KeyHsmBlob[" + encryption + ", " + ciphertext.size() + " bytes]";
  }
}
