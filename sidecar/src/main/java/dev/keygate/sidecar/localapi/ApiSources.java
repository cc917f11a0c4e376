package dev.keygate.sidecar.localapi;

import dev.keygate.sidecar.attest.AppAttestation;
import dev.keygate.sidecar.attest.AttestationBoard;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.device.DeviceFinding;
import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.release.OutcomeBoard;
import java.util.Optional;

/**
 * What answers are made of.
 *
 * @param lease the keys that are held
 * @param board what came of releasing them
 * @param attestation what was attested last
 * @param meter counts the answers
 */
public record ApiSources(
    MemoryLease lease, OutcomeBoard board, Attestation attestation, CallMeter meter) {

  /**
   * What is known of this machine's attestation.
   *
   * @param board the latest one
   * @param policies what it is held against
   * @param apps makes tokens for relying parties
   * @param device what its evidence is had from, if that was looked for
   */
  public record Attestation(
      AttestationBoard board,
      PolicySource policies,
      AppAttestation apps,
      Optional<DeviceFinding> device) {}
}
