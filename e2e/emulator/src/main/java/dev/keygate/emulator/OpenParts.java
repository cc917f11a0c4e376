package dev.keygate.emulator;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a lab has opened, to be closed in the opposite order. Not safe for use by threads. */
final class OpenParts implements AutoCloseable {

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    IllegalStateException first = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        // AutoCloseable declares Exception; whatever one part throws, the others are still closed.
        first = first == null ? new IllegalStateException("a part did not close", e) : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
