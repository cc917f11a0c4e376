package dev.keygate.sidecar.testing;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged, at every level, until it is closed. */
public final class LogLines implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler collector =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(entry.getLoggerName() + " " + entry.getMessage());
          if (entry.getParameters() != null) {
            lines.add(Arrays.toString(entry.getParameters()));
          }
          if (entry.getThrown() != null) {
            lines.add(entry.getThrown().toString());
          }
        }

        @Override
        public void flush() {
          // Everything is in memory.
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };

  private LogLines() {
    collector.setLevel(Level.ALL);
    root.setLevel(Level.ALL);
    root.addHandler(collector);
  }

  /** Collects from now on. */
  public static LogLines collect() {
    return new LogLines();
  }

  /** What was logged so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Everything in one text. */
  public String text() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    root.removeHandler(collector);
    root.setLevel(before);
  }
}
