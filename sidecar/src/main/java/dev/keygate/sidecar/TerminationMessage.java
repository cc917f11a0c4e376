package dev.keygate.sidecar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The sentence that {@code kubectl describe pod} shows of a container that ended. The kubelet puts
 * a file there for it; where there is none, nobody wants one.
 */
record TerminationMessage(Path file) {

  /** Where the kubelet's file is unless a container says otherwise. */
  static final TerminationMessage OF_KUBELET =
      new TerminationMessage(Path.of("/dev/termination-log"));

  /** The kubelet shows no more. */
  private static final int LIMIT_BYTES = 4096;

  /** Writes the sentence, if there is a file for it that can be written. */
  void write(String sentence) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(
          file,
          Arrays.copyOf(text, Math.min(text.length, LIMIT_BYTES)),
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException unwritable) {
      // The log has the sentence too.
    }
  }
}
