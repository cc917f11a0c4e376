package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.command.StartAuthSession.SessionKind;
import java.util.OptionalLong;

/** A policy or trial session of one connection. Guarded by the TPM's lock. */
final class PolicySession {

  private final SessionKind kind;
  private Bytes digest = PolicyDigest.EMPTY;
  private OptionalLong pcrUpdateCounter = OptionalLong.empty();

  PolicySession(SessionKind kind) {
    this.kind = kind;
  }

  boolean isTrial() {
    return kind == SessionKind.TRIAL;
  }

  Bytes digest() {
    return digest;
  }

  /** Takes a PolicyPCR that was found true, or that a trial need not find true. */
  void bindPcrs(PcrSelection selection, Bytes pcrDigest, long updateCounter) {
    digest = PolicyDigest.afterPcrs(digest, selection, pcrDigest);
    if (!isTrial()) {
      pcrUpdateCounter = OptionalLong.of(updateCounter);
    }
  }

  /** A policy authorises once: a session that lives on starts anew. */
  void restart() {
    digest = PolicyDigest.EMPTY;
    pcrUpdateCounter = OptionalLong.empty();
  }

  /** Whether an extend came after the PolicyPCR of this session. */
  boolean isOutdated(long updateCounter) {
    return pcrUpdateCounter.isPresent() && pcrUpdateCounter.getAsLong() != updateCounter;
  }
}
