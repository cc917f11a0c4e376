package dev.keygate.emulator;

import dev.keygate.emulator.clock.LabClock;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultFile;
import dev.keygate.emulator.fault.LatencyProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a lab is told to do from its start.
 *
 * @param faults what goes wrong
 * @param latency how far away services are
 * @param clockRate how fast its clock runs
 */
record LabScript(List<Fault> faults, LatencyProfile latency, int clockRate) {

  /** A file of what goes wrong, and where. */
  record Faulty(Optional<Path> file, LabDescription lab) {}

  LabScript {
    faults = List.copyOf(faults);
    if (clockRate < 1 || clockRate > LabClock.MAX_RATE) {
      throw new IllegalArgumentException(
          "clock-rate: a number from 1 to " + LabClock.MAX_RATE + " is expected");
    }
  }

  /**
   * @throws IllegalArgumentException if something of it is not as expected
   */
  static LabScript read(Faulty faulty, String latency, int clockRate) throws IOException {
    LatencyProfile profile =
        LatencyProfile.find(latency)
            .orElseThrow(
                () -> new IllegalArgumentException("latency: there is no profile " + latency));
    return new LabScript(faults(faulty), profile, clockRate);
  }

  private static List<Fault> faults(Faulty faulty) throws IOException {
    if (faulty.file().isEmpty()) {
      return List.of();
    }
    try {
      return FaultFile.read(Files.readString(faulty.file().get()), LabVaults.hosts(faulty.lab()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("faults: " + e.getMessage(), e);
    }
  }

  /**
   * @throws IllegalArgumentException if a fault is of a host that the lab has not
   */
  void applyTo(Lab lab) {
    faults.forEach(lab::inject);
    lab.setLatency(latency);
    lab.clock().run(clockRate);
  }
}
