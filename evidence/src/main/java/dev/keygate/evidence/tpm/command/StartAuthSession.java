package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_StartAuthSession without salt, binding or parameter encryption, with SHA-256.
 *
 * @param kind what the session is for
 * @param nonceCaller 16 to 64 bytes
 */
public record StartAuthSession(SessionKind kind, Bytes nonceCaller)
    implements TpmCommand<TpmHandle> {

  static final int MIN_NONCE_BYTES = 16;
  static final int MAX_NONCE_BYTES = 64;

  /** What a session is for. */
  public enum SessionKind {
    /** Authorises the use of objects by their policy. */
    POLICY(1),
    /** Only computes a policy digest. */
    TRIAL(3);

    private final int id;

    SessionKind(int id) {
      this.id = id;
    }

    int id() {
      return id;
    }
  }

  public StartAuthSession {
    if (nonceCaller.size() < MIN_NONCE_BYTES || nonceCaller.size() > MAX_NONCE_BYTES) {
      throw new IllegalArgumentException("a caller's nonce has 16 to 64 bytes");
    }
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.START_AUTH_SESSION;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(TpmHandle.NULL_HIERARCHY, TpmHandle.NULL_HIERARCHY);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.sized16(nonceCaller).u16(0).u8(kind.id());
    out.u16(TpmAlgorithm.NULL.id()).u16(TpmAlgorithm.SHA256.id());
  }

  @Override
  public TpmHandle readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    parameters.sized16(MAX_NONCE_BYTES, "nonceTPM");
    return handles.getFirst();
  }

  static Bytes readNonce(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    Bytes nonce = in.sized16(MAX_NONCE_BYTES, "nonceCaller");
    if (nonce.size() < MIN_NONCE_BYTES) {
      throw in.invalid(start, "nonceCaller", "16 to 64 bytes", nonce.size() + " bytes");
    }
    return nonce;
  }

  static SessionKind readKind(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    int id = in.u8("sessionType");
    for (SessionKind kind : SessionKind.values()) {
      if (kind.id() == id) {
        return kind;
      }
    }
    throw in.invalid(start, "sessionType", "1 or 3", Integer.toString(id));
  }

  static NoResult requireNoSymmetric(ByteCursor in) throws EvidenceFormatException {
    return require(in, "symmetric", TpmAlgorithm.NULL);
  }

  static NoResult requireSha256(ByteCursor in) throws EvidenceFormatException {
    return require(in, "authHash", TpmAlgorithm.SHA256);
  }

  private static NoResult require(ByteCursor in, String field, TpmAlgorithm expected)
      throws EvidenceFormatException {
    int start = in.position();
    int id = in.u16(field);
    if (id != expected.id()) {
      throw in.invalid(start, field, expected.name(), "0x" + Integer.toHexString(id));
    }
    return NoResult.DONE;
  }
}
