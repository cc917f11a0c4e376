package dev.keygate.emulator.keyvault.release;

import java.util.Arrays;
import java.util.Optional;

/** The values of {@code enc}: which digest RSA-OAEP and its MGF1 use. */
enum WrapAlgorithm {
  SHA_1("CKM_RSA_AES_KEY_WRAP", "SHA-1"),
  SHA_256("RSA_AES_KEY_WRAP_256", "SHA-256"),
  SHA_384("RSA_AES_KEY_WRAP_384", "SHA-384");

  private final String wireName;
  private final String digest;

  WrapAlgorithm(String wireName, String digest) {
    this.wireName = wireName;
    this.digest = digest;
  }

  String wireName() {
    return wireName;
  }

  String digest() {
    return digest;
  }

  static Optional<WrapAlgorithm> find(String wireName) {
    return Arrays.stream(values()).filter(one -> one.wireName.equals(wireName)).findFirst();
  }
}
