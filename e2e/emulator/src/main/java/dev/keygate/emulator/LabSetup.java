package dev.keygate.emulator;

import dev.keygate.time.TimeSource;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Where and how a lab runs.
 *
 * @param folder the lab's folder, created where absent; its path is short enough for a Unix socket
 *     below it (under 70 characters)
 * @param time the clock of all services
 * @param random what keys and nonces are made of
 * @param listening addresses and ports
 */
public record LabSetup(Path folder, TimeSource time, SecureRandom random, LabListening listening) {

  /** Longest folder path, as a Unix socket's path has at most 107 bytes. */
  private static final int MAX_FOLDER_LENGTH = 70;

  public LabSetup {
    folder = folder.toAbsolutePath().normalize();
    if (folder.toString().length() > MAX_FOLDER_LENGTH) {
      throw new IllegalArgumentException(
          "the lab's folder has a path of more than "
              + MAX_FOLDER_LENGTH
              + " characters, too long for a Unix socket below it: "
              + folder);
    }
  }

  LabSetup onClock(TimeSource other) {
    return new LabSetup(folder, other, random, listening);
  }

  /** Any free ports of 127.0.0.1. */
  public static LabSetup in(Path folder, TimeSource time) {
    return new LabSetup(folder, time, new SecureRandom(), LabListening.ANY_PORTS);
  }
}
