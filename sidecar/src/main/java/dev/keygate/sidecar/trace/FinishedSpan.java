package dev.keygate.sidecar.trace;

import java.time.Instant;
import java.util.Map;

/**
 * A span as it is sent.
 *
 * @param ids which one it is
 * @param start when it began
 * @param nanos how long it took
 * @param attributes by keys of the log
 * @param isFailed whether the step failed
 */
record FinishedSpan(
    Ids ids,
    Step step,
    Instant start,
    long nanos,
    Map<String, String> attributes,
    boolean isFailed) {

  /**
   * The hexadecimal numbers of a span.
   *
   * @param trace of all spans of a release
   * @param parent empty for the first one
   */
  record Ids(String trace, String span, String parent) {}

  FinishedSpan {
    attributes = Map.copyOf(attributes);
  }
}
