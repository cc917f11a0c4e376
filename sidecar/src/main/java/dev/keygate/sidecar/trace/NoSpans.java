package dev.keygate.sidecar.trace;

import dev.keygate.failure.Reason;

/** Makes no spans and nothing else either: it is the span of every step itself. */
public enum NoSpans implements StepSpans, Span {
  OFF;

  @Override
  public Span begin(Step step) {
    return this;
  }

  @Override
  public Span with(String logKey, Object value) {
    return this;
  }

  @Override
  public void failed(Reason reason) {
    // Nobody is told.
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
