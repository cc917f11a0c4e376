package dev.keygate.emulator.keyvault.key;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The {@code kty} values of a vault. */
public enum KeyType {
  /** RSA made in software. */
  RSA("RSA"),
  /** RSA made in the HSM. */
  RSA_HSM("RSA-HSM"),
  /** Elliptic curve made in software. */
  EC("EC"),
  /** Elliptic curve made in the HSM. */
  EC_HSM("EC-HSM"),
  /** Symmetric, HSM only. */
  OCT_HSM("oct-HSM");

  /** All values of {@code key_ops}; there is none for release. */
  public static final List<String> OPERATIONS =
      List.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey", "import", "export");

  private final String wireName;

  KeyType(String wireName) {
    this.wireName = wireName;
  }

  /** The value on the wire. */
  public String wireName() {
    return wireName;
  }

  /** The type of this wire name; letter case counts. */
  public static Optional<KeyType> find(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }

  /** Whether the HSM holds it; others can never be exportable. */
  public boolean isHsm() {
    return switch (this) {
      case RSA_HSM, EC_HSM, OCT_HSM -> true;
      case RSA, EC -> false;
    };
  }

  /** The operations of a key for which none were asked. */
  public List<String> defaultOperations() {
    return switch (this) {
      case RSA, RSA_HSM -> List.of("encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey");
      case EC, EC_HSM -> List.of("sign", "verify");
      case OCT_HSM -> List.of("encrypt", "decrypt", "wrapKey", "unwrapKey");
    };
  }
}
