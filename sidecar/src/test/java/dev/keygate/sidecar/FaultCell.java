package dev.keygate.sidecar;

import dev.keygate.failure.Reason;
import java.util.Optional;

/**
 * What a sidecar makes of a fault that stays.
 *
 * @param reason what the user reads; empty if the key comes all the same
 */
record FaultCell(FaultCall call, FaultKind fault, Answer answer, Optional<Reason> reason) {

  /** What is done about it. */
  enum Answer {
    /** Tried again: with pauses within the release, then by further releases, without end. */
    RETRY("retry"),
    /** Somebody else is asked, and the key comes. */
    FAIL_OVER("fail over"),
    /** No key until somebody changes something. */
    REFUSE("refuse"),
    /** The key comes without what failed. */
    DEGRADE("degrade");

    private final String text;

    Answer(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
