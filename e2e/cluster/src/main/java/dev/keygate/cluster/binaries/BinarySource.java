package dev.keygate.cluster.binaries;

import java.io.IOException;
import java.nio.file.Path;

/** A way to fill an empty folder with the executables. */
interface BinarySource {

  /** What a sentence calls it. */
  String name();

  /**
   * Puts every {@link ClusterBinary} of a set into the folder.
   *
   * @param directory exists and is empty; what it holds after a failure is thrown away
   * @throws IOException if this way is not open; its message is a sentence without a full stop
   */
  void fill(Path directory) throws IOException, InterruptedException;
}
