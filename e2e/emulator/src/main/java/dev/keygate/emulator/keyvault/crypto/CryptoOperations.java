package dev.keygate.emulator.keyvault.crypto;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.crypto.Algorithm.AesCipher;
import dev.keygate.emulator.keyvault.crypto.Algorithm.EcSignature;
import dev.keygate.emulator.keyvault.crypto.Algorithm.RsaEncryption;
import dev.keygate.emulator.keyvault.crypto.Algorithm.RsaSignature;
import dev.keygate.emulator.keyvault.key.KeyAttributes;
import dev.keygate.emulator.keyvault.key.KeyType;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.request.KeyBody;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;

/** Does with a version of a key what a caller may do with it. */
public final class CryptoOperations {

  private final SecureRandom random;
  private final TimeSource time;

  /** What a key can do. Reading is allowed outside a key's validity, making is not. */
  public enum Use {
    /** Data to ciphertext. */
    ENCRYPT("encrypt"),
    /** Ciphertext to data. */
    DECRYPT("decrypt"),
    /** A key to ciphertext. */
    WRAP_KEY("wrapKey"),
    /** Ciphertext to a key. */
    UNWRAP_KEY("unwrapKey"),
    /** A digest to a signature. */
    SIGN("sign"),
    /** A digest and a signature to yes or no. */
    VERIFY("verify");

    private final String operation;

    Use(String operation) {
      this.operation = operation;
    }

    private boolean needsValidity() {
      return this == ENCRYPT || this == WRAP_KEY || this == SIGN;
    }
  }

  /** Operations of this randomness and time. */
  public CryptoOperations(SecureRandom random, TimeSource time) {
    this.random = random;
    this.time = time;
  }

  /**
   * Uses a key.
   *
   * @param identifier the version's, which the answer says
   */
  public ObjectNode use(Use use, KeyVersion version, String identifier, KeyBody body)
      throws VaultRefusedException {
    requireUsable(use, version);
    CryptoRequest request = CryptoRequest.parse(body);
    ObjectNode answer = Json.object();
    if (use != Use.VERIFY) {
      answer.put("kid", identifier);
    }
    try {
      return answer.setAll(
          switch (use) {
            case ENCRYPT, WRAP_KEY -> encrypted(use, version, request);
            case DECRYPT, UNWRAP_KEY -> value(decrypted(use, version, request));
            case SIGN -> value(signed(version, request));
            case VERIFY -> Json.object().put("value", isSigned(version, request));
          });
    } catch (CryptoException e) {
      throw VaultRefusals.badParameter("The parameter is incorrect: " + e.getMessage() + ".");
    }
  }

  private void requireUsable(Use use, KeyVersion version) throws VaultRefusedException {
    KeyAttributes attributes = version.attributes();
    if (!attributes.enabled()) {
      throw VaultRefusals.keyDisabled(use.operation);
    }
    if (!version.operations().contains(use.operation)) {
      throw VaultRefusals.operationNotPermitted(use.operation);
    }
    long now = time.now().getEpochSecond();
    boolean isValid =
        attributes.notBefore().orElse(Long.MIN_VALUE) <= now
            && attributes.expires().orElse(Long.MAX_VALUE) > now;
    if (use.needsValidity() && !isValid) {
      throw VaultRefusals.outsideValidity(use.operation);
    }
  }

  private ObjectNode encrypted(Use use, KeyVersion version, CryptoRequest request)
      throws CryptoException {
    return switch (request.algorithm()) {
      case RsaEncryption scheme -> value(rsa(version).encrypt(scheme, request.value()));
      case AesCipher scheme -> {
        AesKey.Sealed sealed = aes(use, version, scheme).encrypt(scheme, request);
        ObjectNode answer = value(sealed.ciphertext());
        if (!sealed.iv().isEmpty()) {
          answer.put("iv", text(sealed.iv()));
        }
        if (!sealed.tag().isEmpty()) {
          answer.put("tag", text(sealed.tag())).put("aad", text(request.aad()));
        }
        yield answer;
      }
      case RsaSignature _, EcSignature _ -> throw incompatible();
    };
  }

  private Bytes decrypted(Use use, KeyVersion version, CryptoRequest request)
      throws CryptoException {
    return switch (request.algorithm()) {
      case RsaEncryption scheme -> rsa(version).decrypt(scheme, request.value());
      case AesCipher scheme -> aes(use, version, scheme).decrypt(scheme, request);
      case RsaSignature _, EcSignature _ -> throw incompatible();
    };
  }

  private Bytes signed(KeyVersion version, CryptoRequest request) throws CryptoException {
    return switch (request.algorithm()) {
      case RsaSignature scheme -> rsa(version).sign(scheme, request.value());
      case EcSignature scheme -> ec(version, scheme).sign(scheme, request.value());
      case RsaEncryption _, AesCipher _ -> throw incompatible();
    };
  }

  private boolean isSigned(KeyVersion version, CryptoRequest request) throws CryptoException {
    return switch (request.algorithm()) {
      case RsaSignature scheme ->
          rsa(version).isSignature(scheme, request.digest(), request.value());
      case EcSignature scheme ->
          ec(version, scheme).isSignature(scheme, request.digest(), request.value());
      case RsaEncryption _, AesCipher _ -> throw incompatible();
    };
  }

  private RsaKey rsa(KeyVersion version) throws CryptoException {
    if (version.type() != KeyType.RSA && version.type() != KeyType.RSA_HSM) {
      throw incompatible();
    }
    return new RsaKey(version.material().exported(), random);
  }

  private EcKey ec(KeyVersion version, EcSignature scheme) throws CryptoException {
    String curve = version.material().members().path("crv").asText();
    if (!scheme.curve().wireName().equals(curve)) {
      throw incompatible();
    }
    return new EcKey(version.material().exported(), random);
  }

  private AesKey aes(Use use, KeyVersion version, AesCipher scheme) throws CryptoException {
    boolean isForKeys = use == Use.WRAP_KEY || use == Use.UNWRAP_KEY;
    if (version.type() != KeyType.OCT_HSM
        || version.material().exported().size() * 8 != scheme.keySizeBits()
        || isForKeys != (scheme.mode() == AesCipher.Mode.KW)) {
      throw incompatible();
    }
    return new AesKey(version.material().exported(), random);
  }

  private static CryptoException incompatible() {
    return new CryptoException("key and algorithm are incompatible");
  }

  private static ObjectNode value(Bytes octets) {
    return Json.object().put("value", text(octets));
  }

  private static String text(Bytes octets) {
    return Base64Text.url(octets.toArray());
  }
}
