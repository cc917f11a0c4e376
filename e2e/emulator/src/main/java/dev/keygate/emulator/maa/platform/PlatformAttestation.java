package dev.keygate.emulator.maa.platform;

import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.Appraised;
import dev.keygate.emulator.maa.evidence.Appraiser;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * {@code POST /attest/SevSnpVm} and {@code /attest/TdxVm}: hardware evidence alone, and the data
 * that it binds.
 */
public final class PlatformAttestation implements Appraiser {

  private final HardwareEvidence hardware;
  private final Supplier<EmptyRuntimeData> emptyRuntimeData;

  /**
   * @param hardware which of the two
   */
  public PlatformAttestation(
      HardwareEvidence hardware, Supplier<EmptyRuntimeData> emptyRuntimeData) {
    this.hardware = hardware;
    this.emptyRuntimeData = emptyRuntimeData;
  }

  @Override
  public Appraised appraise(String body, Instant now) throws AppraisalRefusedException {
    PlatformBody request = PlatformBody.parse(body);
    try {
      HardwareEvidence.Verified verified = hardware.verify(request.members(), now);
      request.requireRuntimeBoundTo(verified.reportData(), emptyRuntimeData.get());
      request.requireInitTimeBoundTo(verified.hostData());
      return request.appraised(verified.claims());
    } catch (EvidenceFormatException e) {
      throw new AppraisalRefusedException("format", String.valueOf(e.getMessage()));
    } catch (EvidenceVerificationException e) {
      throw AppraisalRefusedException.of(e);
    }
  }
}
