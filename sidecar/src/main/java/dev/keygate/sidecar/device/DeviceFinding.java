package dev.keygate.sidecar.device;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What evidence of this machine is had from, and how that was found out.
 *
 * @param used never {@code AUTO}
 * @param probes what was looked at, in order, the used one last
 */
public record DeviceFinding(DeviceChoice used, List<Probe> probes) {

  /** Copies the list. */
  public DeviceFinding {
    probes = List.copyOf(probes);
  }

  /**
   * A look at a device.
   *
   * @param result {@code found}, or why it is not there
   */
  public record Probe(DeviceChoice device, String result) {
    @Override
    public String toString() {
      return device + ": " + result;
    }
  }

  /** All probes in one line. */
  @Override
  public String toString() {
    return probes.stream().map(Probe::toString).collect(Collectors.joining("; "));
  }
}
