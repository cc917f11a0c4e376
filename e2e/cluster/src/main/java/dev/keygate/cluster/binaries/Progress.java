package dev.keygate.cluster.binaries;

/** Receives one line at a time about work that takes long. Called from the working thread. */
@FunctionalInterface
public interface Progress {

  /**
   * Takes the next line.
   *
   * @param text one sentence without a line break
   */
  void line(String text);
}
