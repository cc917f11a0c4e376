package dev.keygate.sidecar.trace;

import dev.keygate.failure.Reason;

/** A step that is under way; it ends with {@link #close}, on the thread where it began. */
public interface Span extends AutoCloseable {

  /**
   * Says something of the step.
   *
   * @param logKey one of {@link dev.keygate.sidecar.logkey.LogKeys}, whose values are never secret
   */
  Span with(String logKey, Object value);

  /** Says that the step failed, and for which reason. */
  void failed(Reason reason);

  @Override
  void close();
}
