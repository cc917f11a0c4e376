package dev.keygate.emulator.maa.evidence;

import java.time.Instant;

/** Appraises one kind of evidence. Implementations are safe for use by several threads. */
public interface Appraiser {

  /**
   * Appraises what a client posted.
   *
   * @param body the request's body, which may be anything
   * @throws AppraisalRefusedException if it is no evidence of this kind, or fails a check
   */
  Appraised appraise(String body, Instant now) throws AppraisalRefusedException;
}
