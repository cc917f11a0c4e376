package dev.keygate.sidecar.localapi;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.attest.AppAttestation;
import dev.keygate.sidecar.attest.AttestationBoard;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.release.OutcomeBoard;
import java.util.Optional;

/** An API on a machine that cannot be attested. */
final class TestApi {

  private TestApi() {}

  static LocalApi of(CallerRegister callers, MemoryLease lease, OutcomeBoard board) {
    AppAttestation apps =
        new AppAttestation(
            _ -> {
              throw new UnavailableException(Reason.AttestationUnavailable, "Nobody answers.");
            });
    return new LocalApi(
        callers,
        new ApiSources(
            lease,
            board,
            new ApiSources.Attestation(
                new AttestationBoard(), _ -> Optional.empty(), apps, Optional.empty()),
            new CallMeter()),
        new SystemTime());
  }
}
