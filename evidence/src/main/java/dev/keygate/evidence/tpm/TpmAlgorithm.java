package dev.keygate.evidence.tpm;

import java.util.Optional;

/** Algorithm identifiers of the TCG Algorithm Registry that Azure's vTPM and its clients use. */
public enum TpmAlgorithm {
  RSA(0x0001),
  SHA1(0x0004),
  AES(0x0006),
  SHA256(0x000B),
  SHA384(0x000C),
  SHA512(0x000D),
  NULL(0x0010),
  RSASSA(0x0014),
  RSAES(0x0015),
  RSAPSS(0x0016),
  OAEP(0x0017),
  CFB(0x0043);

  private final int id;

  TpmAlgorithm(int id) {
    this.id = id;
  }

  /** The 16-bit TPM_ALG_ID. */
  public int id() {
    return id;
  }

  /** The algorithm of a TPM_ALG_ID, or nothing if it is not one of these. */
  public static Optional<TpmAlgorithm> of(int id) {
    for (TpmAlgorithm algorithm : values()) {
      if (algorithm.id == id) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}
