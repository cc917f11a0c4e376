package dev.keygate.emulator.maa;

import dev.keygate.emulator.maa.evidence.ComplianceStatus;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import java.util.Map;

/**
 * Which hardware is believed and what is known to run on it.
 *
 * @param amd the roots for SNP
 * @param intel the roots for TDX
 * @param measurements launch measurements, of SNP and of TDX, that are called compliant
 */
public record TrustedHardware(
    PinnedRoots amd, PinnedRoots intel, Map<Bytes, ComplianceStatus> measurements) {

  public TrustedHardware {
    measurements = Map.copyOf(measurements);
  }
}
