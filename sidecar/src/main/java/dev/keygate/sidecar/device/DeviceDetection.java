package dev.keygate.sidecar.device;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what evidence of this machine can be had from. The next candidate is looked at only if one
 * is not there at all: one that is there and fails ends the search, because the next would prove
 * less than was meant to be proved.
 */
public final class DeviceDetection {

  private static final String FOUND = "found";

  /** What says that there is no such device, or none of a confidential VM. */
  private static final Set<Reason> ABSENT =
      EnumSet.of(Reason.TpmNotFound, Reason.NotConfidentialVm);

  private DeviceDetection() {}

  /**
   * A device that may be there.
   *
   * @param path it is absent where there is nothing
   * @param check whether it gives evidence
   */
  public record Candidate(DeviceChoice device, Path path, Check check) {}

  /** Has a device give evidence once. */
  @FunctionalInterface
  public interface Check {
    /**
     * Asks it.
     *
     * @throws FailureException if it gives none
     */
    void run() throws FailureException, InterruptedException;
  }

  /**
   * Looks at the candidates in their order.
   *
   * @param candidates at least one
   * @throws FailureException what the first one that is there failed with; where none is there,
   *     what the first one was missed with
   */
  public static DeviceFinding detect(List<Candidate> candidates)
      throws FailureException, InterruptedException {
    List<DeviceFinding.Probe> probes = new ArrayList<>();
    List<RefusedException> missed = new ArrayList<>();
    for (Candidate candidate : candidates) {
      try {
        require(candidate);
        probes.add(new DeviceFinding.Probe(candidate.device(), FOUND));
        return new DeviceFinding(candidate.device(), probes);
      } catch (RefusedException refused) {
        if (!ABSENT.contains(refused.reason())) {
          throw refused;
        }
        missed.add(refused);
        probes.add(
            new DeviceFinding.Probe(candidate.device(), String.valueOf(refused.getMessage())));
      }
    }
    throw missed.size() == 1 ? missed.getFirst() : none(missed.getFirst(), probes);
  }

  private static void require(Candidate candidate) throws FailureException, InterruptedException {
    boolean isVtpm = candidate.device() == DeviceChoice.VTPM;
    if (!isVtpm && !Files.exists(candidate.path())) {
      throw new RefusedException(
          Reason.TpmNotFound, "There is no device at " + candidate.path() + ".");
    }
    candidate.check().run();
  }

  private static RefusedException none(RefusedException first, List<DeviceFinding.Probe> probes) {
    return new RefusedException(
        first.reason(),
        "No device gives evidence of this machine: "
            + new DeviceFinding(DeviceChoice.AUTO, probes)
            + ".",
        first);
  }
}
