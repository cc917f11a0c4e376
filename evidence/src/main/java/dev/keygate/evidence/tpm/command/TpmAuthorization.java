package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;

/**
 * One entry of a command's session area (TPMS_AUTH_COMMAND).
 *
 * @param session the policy session, or {@link TpmHandle#PASSWORD_SESSION}
 * @param nonce at most 64 bytes
 * @param attributes TPMA_SESSION; bit 0 is continueSession
 * @param hmac the HMAC, or the password in the clear; empty for an empty password. At most 64 bytes
 */
public record TpmAuthorization(TpmHandle session, Bytes nonce, int attributes, Bytes hmac) {

  /** The empty password, which authorises the owner hierarchy and the keys of Azure's vTPM. */
  public static final TpmAuthorization EMPTY_PASSWORD =
      new TpmAuthorization(TpmHandle.PASSWORD_SESSION, Bytes.EMPTY, 1, Bytes.EMPTY);

  private static final int MAX_BYTES = 64;
  private static final int CONTINUE_SESSION = 1;

  public TpmAuthorization {
    if (nonce.size() > MAX_BYTES || hmac.size() > MAX_BYTES || attributes >>> 8 != 0) {
      throw new IllegalArgumentException("nonce and HMAC have at most 64 bytes, attributes 8 bits");
    }
  }

  /** A policy session that the TPM flushes when the command succeeds. */
  public static TpmAuthorization closingPolicySession(TpmHandle session) {
    return new TpmAuthorization(session, Bytes.EMPTY, 0, Bytes.EMPTY);
  }

  /** A policy session that lives on until it is flushed. */
  public static TpmAuthorization continuedPolicySession(TpmHandle session) {
    return new TpmAuthorization(session, Bytes.EMPTY, CONTINUE_SESSION, Bytes.EMPTY);
  }

  /** Whether the session is to live on after the command. */
  public boolean isContinued() {
    return (attributes & CONTINUE_SESSION) != 0;
  }

  static TpmAuthorization readFrom(ByteCursor in) throws EvidenceFormatException {
    TpmHandle session = new TpmHandle((int) in.u32("sessionHandle"));
    Bytes nonce = in.sized16(MAX_BYTES, "nonce");
    int attributes = in.u8("sessionAttributes");
    return new TpmAuthorization(session, nonce, attributes, in.sized16(MAX_BYTES, "hmac"));
  }

  void writeTo(ByteWriter out) {
    out.u32(Integer.toUnsignedLong(session.value())).sized16(nonce).u8(attributes).sized16(hmac);
  }
}
