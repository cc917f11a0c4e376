package dev.keygate.bench.sidecar;

import java.util.List;

/**
 * What sidecars that start together on one node cannot be faster than: the TPM does one command at
 * a time, and the last one through it still has the rest of its own path before it. The metadata
 * service answers so many requests a second; that is no bound as long as those whom it sends away
 * find their collateral in the regional cache, so it is told and not counted.
 *
 * @param spans of all of them
 * @param sidecars how many; each needs the metadata service once
 * @param aloneMillis the longest chain of calls of one that is alone
 */
record NodeBound(List<Span> spans, int sidecars, double aloneMillis) {

  /** What the metadata service of a machine answers. */
  static final int IMDS_PER_SECOND = 5;

  private static final double MILLIS_PER_SECOND = 1000;
  private static final double NANOS_PER_MILLI = 1e6;

  NodeBound {
    spans = List.copyOf(spans);
  }

  double millis() {
    return tpmMillis() + aloneMillis;
  }

  /** How long at least one command was under way; spans are in the order of their beginning. */
  double tpmMillis() {
    long busy = 0;
    long until = Long.MIN_VALUE;
    for (Span span : spans) {
      if (span.what().equals("TPM") && span.toNanos() > until) {
        busy += span.toNanos() - Math.max(until, span.fromNanos());
        until = span.toNanos();
      }
    }
    return busy / NANOS_PER_MILLI;
  }

  /** When the metadata service would answer the last of the sidecars, if none went elsewhere. */
  double imdsMillis() {
    return Math.floorDiv(sidecars - 1, IMDS_PER_SECOND) * MILLIS_PER_SECOND;
  }

  /** How often the metadata service was asked. */
  long imdsRequests() {
    return spans.stream().filter(span -> span.detail().startsWith("/metadata/")).count();
  }
}
