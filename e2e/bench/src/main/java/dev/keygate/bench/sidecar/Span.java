package dev.keygate.bench.sidecar;

/**
 * A call that was under way.
 *
 * @param what a service or {@code TPM}
 * @param detail a path or a command
 * @param fromNanos when it began
 * @param toNanos when its answer was there
 */
record Span(String what, String detail, long fromNanos, long toNanos) {

  long nanos() {
    return toNanos - fromNanos;
  }
}
