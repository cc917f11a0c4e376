package dev.keygate.azure.attestation;

import dev.keygate.azure.jose.Base64Url;
import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a guest attestation: the token, encrypted with AES-GCM under an inner key that is
 * encrypted to the transfer key with RSAES-PKCS1-v1_5. Only the guest that was attested can open
 * it.
 */
public final class SealedToken {

  private static final int SIZE_LIMIT_CHARS = 1 << 20;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int KEY_LIMIT_BYTES = 512;
  private static final Set<Integer> INNER_KEY_BYTES = Set.of(16, 32);
  private static final byte[] ASSOCIATED = "Transport Key".getBytes(StandardCharsets.US_ASCII);

  private final Bytes encryptedInnerKey;
  private final Bytes iv;
  private final Bytes ciphertextAndTag;

  private SealedToken(JsonMembers members) throws JsonFormatException {
    this.encryptedInnerKey =
        withoutSignByte(binary(members, "EncryptedInnerKey", 1, KEY_LIMIT_BYTES + 1));
    this.iv = binary(members.members("EncryptionParams"), "Iv", IV_BYTES, IV_BYTES);
    this.ciphertextAndTag =
        Bytes.concat(
            binary(members, "Jwt", 1, SIZE_LIMIT_CHARS),
            binary(members, "AuthenticationData", TAG_BYTES, TAG_BYTES));
  }

  /**
   * Reads the {@code token} member of the authority's answer: base64url of JSON.
   *
   * @throws JsonFormatException for anything else
   */
  public static SealedToken parse(String token) throws JsonFormatException {
    if (token.length() > SIZE_LIMIT_CHARS) {
      throw new JsonFormatException("token has more than 1 Mi characters");
    }
    Bytes json =
        Base64Url.decode(token)
            .orElseThrow(() -> new JsonFormatException("token is not base64url without padding"));
    return new SealedToken(JsonMembers.parse(json));
  }

  private static Bytes binary(JsonMembers members, String name, int least, int most)
      throws JsonFormatException {
    try {
      byte[] octets = Base64.getDecoder().decode(members.text(name));
      if (octets.length >= least && octets.length <= most) {
        return Bytes.copyOf(octets);
      }
    } catch (IllegalArgumentException notBase64) {
      throw new JsonFormatException(name + " is not base64");
    }
    throw new JsonFormatException(name + " has not the expected size");
  }

  /** Some issuers write the number with a sign: one zero byte more than the modulus has. */
  private static Bytes withoutSignByte(Bytes number) {
    return number.size() % 2 == 1 && number.at(0) == 0
        ? number.slice(1, number.size() - 1)
        : number;
  }

  /** The inner key, encrypted to the transfer key: as long as that key's modulus. */
  public Bytes encryptedInnerKey() {
    return encryptedInnerKey;
  }

  /**
   * Opens the token.
   *
   * @param innerKey the AES key, 16 or 32 bytes; zeroed before this returns, whatever happens
   * @throws RefusedException {@code AttestationTokenInvalid} if the key does not open it, or what
   *     it opens is no token
   */
  public AttestationToken open(byte[] innerKey) throws RefusedException {
    try {
      if (!INNER_KEY_BYTES.contains(innerKey.length)) {
        throw invalid("its inner key has " + innerKey.length + " bytes, not 16 or 32", null);
      }
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(innerKey, "AES"),
          new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv.toArray()));
      cipher.updateAAD(ASSOCIATED);
      byte[] text = cipher.doFinal(ciphertextAndTag.toArray());
      return AttestationToken.parse(new String(text, StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException notAuthentic) {
      throw invalid("it does not open with the key that the transfer key unwraps", notAuthentic);
    } catch (JwsRefusedException noToken) {
      throw invalid(noToken.getMessage(), noToken);
    } finally {
      Arrays.fill(innerKey, (byte) 0);
    }
  }

  private static RefusedException invalid(String what, @Nullable Exception cause) {
    String message = "the authority's sealed answer was expected to hold a token for this guest: ";
    return cause == null
        ? new RefusedException(Reason.AttestationTokenInvalid, message + what)
        : new RefusedException(Reason.AttestationTokenInvalid, message + what, cause);
  }

  /** Nothing of the content. */
  @Override
  public String toString() {
    return "SealedToken[redacted]";
  }
}
