package dev.keygate.operator.certificate;

import dev.keygate.time.TimeSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the certificate and keeps it where all replicas find it. A new one is shown only after the
 * API server was told to trust its authority:
 *
 * <pre>
 *   read the Secret ─ good ───────────────────────────► caBundle ─► shown
 *        ▲          └ due, empty, garbage ─ write it ──┘
 *        └───────────── overtaken by another replica ┘
 * </pre>
 */
public final class SelfManagedCertificate implements ServingCertificate {

  private static final Logger LOG = LoggerFactory.getLogger(SelfManagedCertificate.class);
  private static final String SERVICE = "keygate-webhook";
  private static final int ATTEMPTS = 5;

  private final WebhookSecret secret;
  private final WebhookTrust trust;
  private final CertificateMaker maker;
  private final Set<String> names;
  private final TimeSource time;
  private volatile List<X509Certificate> known = List.of();

  /**
   * @param namespace of the Secret and of the webhook's Service
   * @param random keys are made of it
   */
  public SelfManagedCertificate(
      KubernetesClient client, String namespace, TimeSource time, SecureRandom random) {
    this.secret = new WebhookSecret(client, namespace);
    this.trust = new WebhookTrust(client);
    String host = SERVICE + "." + namespace + ".svc";
    this.names = Set.of(host, host + ".cluster.local");
    this.maker = new CertificateMaker(random, names);
    this.time = time;
  }

  @Override
  public ServingMaterial obtain() throws CertificateUnavailableException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        IssuedCertificate issued = settle(time.now());
        List<X509Certificate> trusted = issued.trustedAt(time.now());
        trust.establish(trusted);
        known = trusted;
        return issued.serving();
      } catch (WebhookSecret.OvertakenException e) {
        LOG.debug("Another replica wrote the Secret first");
      }
    }
    throw new CertificateUnavailableException(
        "The Secret " + WebhookSecret.NAME + " is written by others all the time");
  }

  private IssuedCertificate settle(Instant now)
      throws CertificateUnavailableException, WebhookSecret.OvertakenException {
    WebhookSecret.State state = secret.read();
    StoredCertificate stored = StoredCertificate.of(state.texts());
    if (stored instanceof StoredCertificate.Garbage garbage) {
      LOG.warn(
          "The Secret {} holds no certificate of ours: {}", WebhookSecret.NAME, garbage.cause());
    }
    return switch (CertificateDecider.decide(
        new CertificateObservation(stored, known, names, now))) {
      case CertificateDecision.Keep keep -> keep.issued();
      case CertificateDecision.Renew renew -> write(state, maker.renew(renew.before(), now));
      case CertificateDecision.Create create -> write(state, maker.create(create.former(), now));
    };
  }

  private IssuedCertificate write(WebhookSecret.State before, IssuedCertificate issued)
      throws CertificateUnavailableException, WebhookSecret.OvertakenException {
    secret.write(before, issued.texts());
    LOG.atInfo()
        .addKeyValue("serial", issued.serving().certificate().getSerialNumber().toString(16))
        .addKeyValue("until", issued.serving().certificate().getNotAfter().toInstant())
        .log("Made a certificate for the webhook");
    return issued;
  }
}
