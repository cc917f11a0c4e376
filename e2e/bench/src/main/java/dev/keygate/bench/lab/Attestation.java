package dev.keygate.bench.lab;

import dev.keygate.azure.attestation.MaaHttpClient;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.RetryLimits;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.thim.CollateralCache;
import dev.keygate.azure.thim.CollateralLimits;
import dev.keygate.azure.thim.ImdsCollateralSource;
import dev.keygate.azure.thim.ThimHttpClient;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.sidecar.attest.AttestationServices;
import dev.keygate.sidecar.attest.AttestationTrust;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.attest.GuestMachine;
import dev.keygate.sidecar.attest.OsRelease;
import dev.keygate.sidecar.attest.VtpmAttester;
import dev.keygate.sidecar.device.TpmLocation;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.util.List;

/** A machine of the lab attested as the sidecar does it. */
final class Attestation {

  private Attestation() {}

  /** The token, valid for eight hours; the transfer key it names is forgotten. */
  static String token(StartedLab lab)
      throws Surprise,
          IOException,
          FailureException,
          GeneralSecurityException,
          InterruptedException {
    SystemTime time = new SystemTime();
    SecureRandom random = new SecureRandom();
    AzureNetwork network = AzureNetwork.lab(lab.trustRoot("tls-root.pem"), lab.proxy(), lab.imds());
    GuestMachine machine =
        new GuestMachine(
            new TpmLocation.LabSocket(lab.tpmSocket()),
            TransferKeyTemplate.RANDOM,
            lab.eventLog(),
            OsRelease.read(Path.of("/etc/os-release")));
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(network, Timeouts.REMOTE)) {
      AttestationTrust trust = trust(lab);
      AttestationServices services =
          new AttestationServices(
              new CollateralCache(
                  List.of(
                      new ImdsCollateralSource(new ThimHttpClient(ImdsEndpoint.of(network), time))),
                  trust.hardwareRoots(),
                  CollateralLimits.DEFAULT,
                  time),
              new MaaHttpClient(exchange, time),
              new RetryPolicy(RetryLimits.ONCE, time, random),
              time);
      try (AttestedGuest guest = new VtpmAttester(machine, trust, services, random).attest()) {
        return guest.token().token().reveal();
      }
    }
  }

  private static AttestationTrust trust(StartedLab lab)
      throws Surprise, IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(lab.trustRoot("amd-root.pem"))) {
      var root = CertificateFactory.getInstance("X.509").generateCertificate(in);
      PinnedRoots roots = PinnedRoots.amd().plus(PinnedRoots.digestOf(root.getPublicKey()));
      return new AttestationTrust(roots, List.of(AuthorityEndpoint.parse(lab.authority())));
    } catch (EndpointFormatException e) {
      throw new Surprise("the lab's authority is none", e);
    }
  }
}
