package dev.keygate.sidecar.trace;

/** Makes spans of steps. Safe for use by several threads. */
public interface StepSpans extends AutoCloseable {

  /**
   * Begins a step. Its parent is the step that this thread is in, or that the thread was in which
   * started this one.
   */
  Span begin(Step step);

  @Override
  void close();
}
