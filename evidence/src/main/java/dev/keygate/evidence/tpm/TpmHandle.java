package dev.keygate.evidence.tpm;

import java.util.HexFormat;

/**
 * A 32-bit TPM handle; its top byte says what kind of thing it names (TPM 2.0 Library part 2, §7).
 *
 * @param value the handle as on the wire; compare it unsigned
 */
public record TpmHandle(int value) {

  /** The storage hierarchy, whose seed outlives reboots. */
  public static final TpmHandle OWNER = new TpmHandle(0x40000001);

  /** The hierarchy whose seed is new after every TPM reset. */
  public static final TpmHandle NULL_HIERARCHY = new TpmHandle(0x40000007);

  /** The hierarchy of endorsement and attestation keys. */
  public static final TpmHandle ENDORSEMENT = new TpmHandle(0x4000000B);

  /** The pseudo session of password authorisation (TPM_RS_PW). */
  public static final TpmHandle PASSWORD_SESSION = new TpmHandle(0x40000009);

  /** What a handle names. */
  public enum Kind {
    PCR(0x00),
    NV_INDEX(0x01),
    HMAC_SESSION(0x02),
    POLICY_SESSION(0x03),
    PERMANENT(0x40),
    TRANSIENT(0x80),
    PERSISTENT(0x81),
    UNDEFINED(-1);

    private final int topByte;

    Kind(int topByte) {
      this.topByte = topByte;
    }
  }

  /** The kind that the top byte names; {@link Kind#UNDEFINED} for a byte without meaning. */
  public Kind kind() {
    int topByte = value >>> 24;
    for (Kind kind : Kind.values()) {
      if (kind.topByte == topByte) {
        return kind;
      }
    }
    return Kind.UNDEFINED;
  }

  /** Eight lower-case hex digits, as the specifications print handles. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
