package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.AttestationToken;
import dev.keygate.azure.attestation.GuestAttestationRequest;
import dev.keygate.azure.attestation.IssuerKeys;
import dev.keygate.azure.attestation.SealedToken;
import dev.keygate.azure.attestation.TokenExpectations;
import dev.keygate.azure.attestation.TokenVerifier;
import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.thim.AmdCertification;
import dev.keygate.azure.thim.AmdPlatform;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.device.GuestTpm;
import dev.keygate.sidecar.device.VtpmTransferKey;
import dev.keygate.sidecar.parallel.Forked;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;

/** Attests an Azure guest by its vTPM and the hardware report of its paravisor. */
public final class VtpmAttester implements Attester, PayloadAttester {

  private static final int LARGEST_EVENT_LOG_BYTES = 1 << 20;

  private final GuestMachine machine;
  private final AttestationTrust trust;
  private final AttestationServices services;
  private final LocalVerification localVerification;
  private final TimeSource time;
  private final SecureRandom random;

  /**
   * @param random makes nonces and transfer keys
   */
  public VtpmAttester(
      GuestMachine machine,
      AttestationTrust trust,
      AttestationServices services,
      SecureRandom random) {
    this.machine = machine;
    this.trust = trust;
    this.services = services;
    this.localVerification = new LocalVerification(trust.hardwareRoots());
    this.time = services.time();
    this.random = random;
  }

  @Override
  public List<AuthorityEndpoint> authorities() {
    return trust.authorities();
  }

  @Override
  public AttestedGuest attest(List<AuthorityEndpoint> among)
      throws FailureException, InterruptedException {
    return attest(ClientPayload.forRelease(random), trust.among(among));
  }

  @Override
  public AttestedGuest attest(ClientPayload payload) throws FailureException, InterruptedException {
    return attest(payload, trust.authorities());
  }

  private AttestedGuest attest(ClientPayload payload, List<AuthorityEndpoint> asked)
      throws FailureException, InterruptedException {
    GuestTpm tpm = GuestTpm.open(machine.tpm(), time, random);
    boolean isAttested = false;
    try {
      AttestedGuest guest = attest(tpm, payload, asked);
      isAttested = true;
      return guest;
    } finally {
      if (!isAttested) {
        tpm.close();
      }
    }
  }

  private AttestedGuest attest(
      GuestTpm tpm, ClientPayload payload, List<AuthorityEndpoint> authorities)
      throws FailureException, InterruptedException {
    HclReport hcl = EvidenceReading.readHcl(tpm);
    AmdPlatform platform = AmdPlatform.of(requireSnp(hcl));
    try (var collateral = Forked.start("collateral", () -> services.certification(platform))) {
      GuestEvidence read = EvidenceReading.read(tpm, hcl, machine.template());
      AmdCertification endorsement = collateral.join();
      VerifiedGuest guest = localVerification.verify(read, endorsement, time.now());
      GuestAttestationRequest request =
          new GuestAttestationRequest(
              bootState(),
              payload.members(),
              GuestRequests.tpm(guest, read),
              GuestRequests.isolation(guest.evidence(), endorsement.pem()));
      Asking asking = new Asking(request, guest.transferKey().publicKey(), payload.nonce());
      VerifiedToken token =
          AuthorityOrder.ask(authorities, authority -> ask(authority, asking, read.transferKey()));
      return new AttestedGuest(token, read.transferKey(), tpm::close).endorsedBy(endorsement);
    }
  }

  private static SnpReport requireSnp(HclReport hcl) throws RefusedException {
    return hcl.snpReport()
        .orElseThrow(
            () ->
                new RefusedException(
                    Reason.EvidenceRejected,
                    "A report of AMD SEV-SNP was expected from this machine's paravisor, and it is"
                        + " of another kind; run on a VM size of AMD SEV-SNP."));
  }

  private GuestAttestationRequest.BootState bootState() {
    return new GuestAttestationRequest.BootState(machine.os(), eventLog());
  }

  /** The log is often readable by root alone; the authority then knows the PCRs and no events. */
  private Bytes eventLog() {
    try (var in = Files.newInputStream(machine.eventLog())) {
      byte[] log = in.readNBytes(LARGEST_EVENT_LOG_BYTES + 1);
      return log.length > LARGEST_EVENT_LOG_BYTES ? Bytes.EMPTY : Bytes.copyOf(log);
    } catch (IOException unreadable) {
      return Bytes.EMPTY;
    }
  }

  private record Asking(GuestAttestationRequest request, RSAPublicKey transferKey, String nonce) {}

  private VerifiedToken ask(AuthorityEndpoint authority, Asking asking, VtpmTransferKey transferKey)
      throws FailureException, InterruptedException {
    try (var keys = Forked.start("issuer-keys", () -> services.maa().certs(authority))) {
      SealedToken sealed =
          services.retry().run(() -> services.maa().attestAzureGuest(authority, asking.request()));
      AttestationToken token = open(sealed, transferKey);
      // Its failure, if it failed, comes back with the next call.
      keys.settle();
      IssuerKeys issuerKeys = services.retry().run(() -> services.maa().certsFor(authority, token));
      return TokenVerifier.verify(
          token,
          Set.copyOf(trust.authorities()),
          issuerKeys,
          TokenExpectations.of(asking.nonce(), asking.transferKey(), time.now()));
    }
  }

  private static AttestationToken open(SealedToken sealed, VtpmTransferKey transferKey)
      throws FailureException, InterruptedException {
    if (sealed.encryptedInnerKey().size() != transferKey.modulusBytes()) {
      throw new RefusedException(
          Reason.AttestationTokenInvalid,
          "The authority's sealed token was expected to be encrypted for our transfer key, but its"
              + " inner key has another size.");
    }
    try (SecretBytes innerKey = transferKey.openSealed(sealed.encryptedInnerKey())) {
      return innerKey.reveal(Purpose.UNWRAP, sealed::open);
    } catch (RefusedException refused) {
      throw refused.reason() == Reason.TpmRefused ? notForOurKey(refused) : refused;
    }
  }

  /**
   * The TPM is well; what it was to decrypt is for another key, such as that of an earlier token.
   */
  private static RefusedException notForOurKey(RefusedException byTpm) {
    return new RefusedException(
        Reason.AttestationTokenInvalid,
        "The authority's sealed token was expected to be encrypted for our transfer key, and it"
            + " cannot be opened with that: "
            + byTpm.getMessage(),
        byTpm);
  }
}
