package dev.keygate.cluster.node;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the stand-in for a vTPM's device plugin gives to containers that ask for {@code
 * keygate.dev/vtpm}.
 *
 * @param shares how many containers may have it at a time
 * @param bootEventLog a file; each container sees a copy at {@code
 *     /run/keygate/boot-log/binary_bios_measurements}, owned and readable as the kernel's is
 * @param lab a folder that each container sees at {@code /run/keygate/lab}
 */
public record DevicePluginOptions(int shares, Path bootEventLog, Optional<Path> lab) {

  private static final int SHARES = 64;

  public DevicePluginOptions {
    if (shares < 1) {
      throw new IllegalArgumentException("at least one share is needed, not " + shares);
    }
  }

  /** Sixty-four shares and no lab. */
  public static DevicePluginOptions of(Path bootEventLog) {
    return new DevicePluginOptions(SHARES, bootEventLog, Optional.empty());
  }

  /** The same with the lab's folder. */
  public DevicePluginOptions withLab(Path folder) {
    return new DevicePluginOptions(shares, bootEventLog, Optional.of(folder));
  }
}
