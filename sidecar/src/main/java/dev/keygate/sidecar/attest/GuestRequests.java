package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.GuestPcr;
import dev.keygate.azure.attestation.IsolationEvidence;
import dev.keygate.azure.attestation.TpmEvidence;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.verify.VerifiedEvidence;
import java.util.List;

/** Puts evidence that has been verified into the shape of a request. */
final class GuestRequests {

  private GuestRequests() {}

  static TpmEvidence tpm(VerifiedGuest guest, GuestEvidence read) {
    VerifiedEvidence verified = guest.evidence();
    return new TpmEvidence(
        new TpmEvidence.AttestationKey(
            read.akCertificate(), verified.evidence().attestationKey().toSizedBytes()),
        signed(verified.evidence().quote()),
        pcrs(verified),
        new TpmEvidence.TransferKey(
            guest.transferKey().area().toSizedBytes(), signed(read.transferKey().certification())));
  }

  static IsolationEvidence isolation(VerifiedEvidence verified, String vcekChainPem) {
    return new IsolationEvidence.SevSnp(
        verified.report().raw(), vcekChainPem, verified.claims().raw());
  }

  private static TpmEvidence.Signed signed(SignedAttest attest) {
    return new TpmEvidence.Signed(attest.attest(), attest.signature().value());
  }

  private static List<GuestPcr> pcrs(VerifiedEvidence verified) {
    return verified.pcrs().values().entrySet().stream()
        .map(pcr -> new GuestPcr(pcr.getKey(), pcr.getValue()))
        .toList();
  }
}
