package dev.keygate.sidecar.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that protects itself, holds a secret and lets one look at what the kernel says of it.
 */
final class HardenedMain {

  private HardenedMain() {}

  /**
   * Writes down what can be seen.
   *
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException {
    ProcessHardening hardening = ProcessHardening.apply();
    try (SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3})) {
      Files.writeString(
          Path.of(arguments[0]),
          hardening
              + "\n"
              + Files.readString(Path.of("/proc/self/limits"))
              + Files.readString(Path.of("/proc/self/smaps"))
              + secret);
    }
  }
}
