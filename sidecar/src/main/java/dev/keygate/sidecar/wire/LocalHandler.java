package dev.keygate.sidecar.wire;

/** Answers calls, whatever carries them. Safe for use by several threads. */
public interface LocalHandler {

  /** The answer to a call; may take its time. */
  LocalReply answer(LocalRequest request) throws InterruptedException;

  /** The answer to what is no request that this server takes; the connection ends with it. */
  LocalAnswer refusal(WireDefect defect);
}
