package dev.keygate.evidence.tpm.command;

import java.util.Optional;

/**
 * Response codes that this project gives or tells apart, without the handle, parameter or session
 * number that format-one codes carry (TPM 2.0 Library part 2, §6.6).
 */
public enum TpmError {
  BAD_TAG(0x01E),
  ATTRIBUTES(0x082),
  HASH(0x083),
  VALUE(0x084),
  HIERARCHY(0x085),
  KEY_SIZE(0x087),
  TYPE(0x08A),
  HANDLE(0x08B),
  SIZE(0x095),
  SYMMETRIC(0x096),
  RANGE(0x08D),
  AUTH_FAIL(0x08E),
  NONCE(0x08F),
  SCHEME(0x092),
  TAG(0x097),
  INSUFFICIENT(0x09A),
  KEY(0x09C),
  POLICY_FAIL(0x09D),
  BAD_AUTH(0x0A2),
  FAILURE(0x101),
  AUTH_TYPE(0x124),
  AUTH_MISSING(0x125),
  POLICY(0x126),
  PCR(0x127),
  PCR_CHANGED(0x128),
  AUTH_UNAVAILABLE(0x12F),
  COMMAND_SIZE(0x142),
  COMMAND_CODE(0x143),
  AUTHSIZE(0x144),
  AUTH_CONTEXT(0x145),
  NV_RANGE(0x146),
  NV_SIZE(0x147),
  NV_LOCKED(0x148),
  NV_AUTHORIZATION(0x149),
  NV_UNINITIALIZED(0x14A),
  NV_SPACE(0x14B),
  NV_DEFINED(0x14C),
  OBJECT_MEMORY(0x902),
  SESSION_MEMORY(0x903),
  LOCALITY(0x907),
  YIELDED(0x908),
  TESTING(0x90A),
  REFERENCE_H0(0x910),
  REFERENCE_H1(0x911),
  REFERENCE_S0(0x918),
  REFERENCE_S1(0x919),
  RETRY(0x922);

  private final int code;

  TpmError(int code) {
    this.code = code;
  }

  /** The code without a subject. */
  public int code() {
    return code;
  }

  static Optional<TpmError> of(int code) {
    for (TpmError error : values()) {
      if (error.code == code) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }
}
