package dev.keygate.emulator.platform;

import dev.keygate.evidence.testing.EndorsementDefect;
import dev.keygate.evidence.testing.HclDefect;
import dev.keygate.evidence.testing.SnpDefect;

/**
 * What is wrong with a machine.
 *
 * @param snp in its hardware report
 * @param hcl in its paravisor report
 * @param endorsement in the certificates of its processor
 * @param platform elsewhere
 */
public record MachineDefects(
    SnpDefect snp, HclDefect hcl, EndorsementDefect endorsement, PlatformDefect platform) {

  /** Nothing is wrong. */
  public static final MachineDefects NONE =
      new MachineDefects(
          SnpDefect.NONE, HclDefect.NONE, EndorsementDefect.NONE, PlatformDefect.NONE);

  /** A machine with one defect in its hardware report. */
  public static MachineDefects of(SnpDefect defect) {
    return new MachineDefects(defect, NONE.hcl, NONE.endorsement, NONE.platform);
  }

  /** A machine with one defect in its paravisor report. */
  public static MachineDefects of(HclDefect defect) {
    return new MachineDefects(NONE.snp, defect, NONE.endorsement, NONE.platform);
  }

  /** A machine with one defect in the certificates of its processor. */
  public static MachineDefects of(EndorsementDefect defect) {
    return new MachineDefects(NONE.snp, NONE.hcl, defect, NONE.platform);
  }

  /** A machine with one defect elsewhere. */
  public static MachineDefects of(PlatformDefect defect) {
    return new MachineDefects(NONE.snp, NONE.hcl, NONE.endorsement, defect);
  }
}
