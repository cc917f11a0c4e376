package dev.keygate.emulator.maa.guest;

import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.Appraised;
import dev.keygate.emulator.maa.evidence.Appraiser;
import dev.keygate.emulator.maa.evidence.SnpClaims;
import dev.keygate.evidence.endorsement.PinnedRoots;
import java.time.Instant;
import java.util.function.Supplier;

/** {@code POST /attest/AzureGuest}: a guest on SNP with a vTPM; its token is sealed to the vTPM. */
public final class GuestAttestation implements Appraiser {

  private final GuestAppraisal appraisal;
  private final GuestClaims claims;

  /**
   * @param roots whose hardware is believed
   * @param hardware the claims about that
   */
  public GuestAttestation(
      PinnedRoots roots, Supplier<EventLogRule> eventLogRule, SnpClaims hardware) {
    this.appraisal = new GuestAppraisal(roots, eventLogRule);
    this.claims = new GuestClaims(hardware);
  }

  @Override
  public Appraised appraise(String body, Instant now) throws AppraisalRefusedException {
    AppraisedGuest guest = appraisal.appraise(AttestationInfoParser.parse(body), now);
    return new Appraised(
        claims.of(guest), guest.vmId(), new Appraised.Delivery.SealedTo(guest.ephemeralKey()));
  }
}
