package dev.keygate.evidence.tpm.command;

import java.util.Optional;

/**
 * The commands that are understood here, with the shape of their handle and session areas (TPM 2.0
 * Library part 3).
 */
public enum TpmCommandCode {
  NV_UNDEFINE_SPACE(0x122, 2, 1, 0),
  NV_DEFINE_SPACE(0x12A, 1, 1, 0),
  CREATE_PRIMARY(0x131, 1, 1, 1),
  NV_WRITE(0x137, 2, 1, 0),
  CERTIFY(0x148, 2, 2, 0),
  NV_READ(0x14E, 2, 1, 0),
  QUOTE(0x158, 1, 1, 0),
  RSA_DECRYPT(0x159, 1, 1, 0),
  FLUSH_CONTEXT(0x165, 0, 0, 0),
  NV_READ_PUBLIC(0x169, 1, 0, 0),
  READ_PUBLIC(0x173, 1, 0, 0),
  START_AUTH_SESSION(0x176, 2, 0, 1),
  GET_RANDOM(0x17B, 0, 0, 0),
  PCR_READ(0x17E, 0, 0, 0),
  POLICY_PCR(0x17F, 1, 0, 0),
  PCR_EXTEND(0x182, 1, 1, 0),
  POLICY_GET_DIGEST(0x189, 1, 0, 0);

  private final int id;
  private final int handles;
  private final int authorizations;
  private final int responseHandles;

  TpmCommandCode(int id, int handles, int authorizations, int responseHandles) {
    this.id = id;
    this.handles = handles;
    this.authorizations = authorizations;
    this.responseHandles = responseHandles;
  }

  /** The TPM_CC. */
  public int id() {
    return id;
  }

  /** How many of the command's handles must be authorised; those come first. */
  public int authorizationCount() {
    return authorizations;
  }

  int handleCount() {
    return handles;
  }

  int responseHandleCount() {
    return responseHandles;
  }

  static Optional<TpmCommandCode> of(long id) {
    for (TpmCommandCode code : values()) {
      if (code.id == id) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
