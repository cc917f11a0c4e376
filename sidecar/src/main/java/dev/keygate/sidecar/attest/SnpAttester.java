package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.AttestationToken;
import dev.keygate.azure.attestation.IssuerKeys;
import dev.keygate.azure.attestation.SnpAttestationRequest;
import dev.keygate.azure.attestation.TokenExpectations;
import dev.keygate.azure.attestation.TokenVerifier;
import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.thim.AmdCertification;
import dev.keygate.azure.thim.AmdPlatform;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.SnpExpectations;
import dev.keygate.evidence.verify.SnpReportVerifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.device.SnpDevice;
import dev.keygate.sidecar.unwrap.SoftwareTransferKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;

/**
 * Attests a guest by its processor alone, without a vTPM and a paravisor. The transfer key is made
 * in this process; the report holds the digest of its public half.
 */
public final class SnpAttester implements Attester, PayloadAttester {

  private static final int TRANSFER_KEY_BITS = 2048;

  private final SnpDevice device;
  private final AttestationTrust trust;
  private final AttestationServices services;
  private final SecureRandom random;

  /**
   * @param random makes nonces and transfer keys
   */
  public SnpAttester(
      SnpDevice device, AttestationTrust trust, AttestationServices services, SecureRandom random) {
    this.device = device;
    this.trust = trust;
    this.services = services;
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
    KeyPair transferKey = transferKey();
    RSAPublicKey publicKey = (RSAPublicKey) transferKey.getPublic();
    SnpRuntimeData runtime = SnpRuntimeData.of(publicKey, payload);
    SnpReport report = parse(runtime);
    AmdCertification endorsement = services.certification(AmdPlatform.of(report));
    verify(report, endorsement, runtime);
    SnpAttestationRequest request =
        new SnpAttestationRequest(report.raw(), endorsement.pem(), runtime.json());
    Asking asking = new Asking(request, publicKey, payload.nonce());
    VerifiedToken token = AuthorityOrder.ask(asked, authority -> ask(authority, asking));
    SoftwareTransferKey privateKey =
        new SoftwareTransferKey((RSAPrivateKey) transferKey.getPrivate());
    return new AttestedGuest(token, privateKey, SnpAttester::forget).endorsedBy(endorsement);
  }

  /** The key is on the heap, and gone with its last reference. */
  private static void forget() {
    // Nothing is held outside of this process.
  }

  private KeyPair transferKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(TRANSFER_KEY_BITS, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("the Java runtime makes no RSA keys", absent);
    }
  }

  private SnpReport parse(SnpRuntimeData runtime) throws FailureException {
    try {
      return SnpReport.parse(device.report(runtime.reportData()));
    } catch (EvidenceFormatException malformed) {
      throw new RefusedException(
          Reason.EvidenceMalformed,
          "The report of this machine's processor is malformed: " + malformed.getMessage() + ".",
          malformed);
    }
  }

  private void verify(SnpReport report, AmdCertification endorsement, SnpRuntimeData runtime)
      throws FailureException {
    SnpExpectations expected =
        SnpExpectations.strict().acceptMissingRevocationLists().reportData(runtime.reportData());
    try {
      new SnpReportVerifier(trust.hardwareRoots())
          .verify(report, endorsement.chain(), expected, services.time().now());
    } catch (EvidenceVerificationException failed) {
      throw LocalVerification.failure(failed);
    }
  }

  private record Asking(SnpAttestationRequest request, RSAPublicKey transferKey, String nonce) {}

  private VerifiedToken ask(AuthorityEndpoint authority, Asking asking)
      throws FailureException, InterruptedException {
    AttestationToken token =
        services.retry().run(() -> services.maa().attestSevSnp(authority, asking.request()));
    IssuerKeys keys = services.retry().run(() -> services.maa().certsFor(authority, token));
    return TokenVerifier.verifySevSnp(
        token,
        Set.copyOf(trust.authorities()),
        keys,
        TokenExpectations.of(asking.nonce(), asking.transferKey(), services.time().now()));
  }
}
