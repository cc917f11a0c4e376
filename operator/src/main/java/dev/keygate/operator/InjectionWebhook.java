package dev.keygate.operator;

import dev.keygate.operator.cache.AccountCache;
import dev.keygate.operator.certificate.CertificateRotation;
import dev.keygate.operator.certificate.MountedCertificate;
import dev.keygate.operator.certificate.SelfManagedCertificate;
import dev.keygate.operator.certificate.ServingCertificate;
import dev.keygate.operator.config.CertificateSettings;
import dev.keygate.operator.config.Settings;
import dev.keygate.operator.config.WebhookSettings;
import dev.keygate.operator.health.WebhookState;
import dev.keygate.operator.injection.admission.Admission;
import dev.keygate.operator.injection.admission.AdmissionRecord;
import dev.keygate.operator.injection.admission.AdmissionServer;
import dev.keygate.operator.injection.admission.CachedObjects;
import dev.keygate.operator.injection.admission.LiveObjects;
import dev.keygate.time.TimeSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;

/** Puts the webhook together, starts and stops it. */
@Singleton
final class InjectionWebhook {

  private final KubernetesClient client;
  private final MeterRegistry metrics;
  private final Vertx vertx;
  private final WebhookState state;

  /** What has to be closed, the last first. */
  private final Deque<AutoClosing> running = new ArrayDeque<>();

  @FunctionalInterface
  private interface AutoClosing {
    void close();
  }

  InjectionWebhook(
      KubernetesClient client, MeterRegistry metrics, Vertx vertx, WebhookState state) {
    this.client = client;
    this.metrics = metrics;
    this.vertx = vertx;
    this.state = state;
  }

  /**
   * Starts it, unless the settings switch it off.
   *
   * @throws IOException if it cannot listen
   */
  void start(Settings settings, Controllers.Assembled controllers, TimeSource time)
      throws IOException {
    if (settings.webhook().isEmpty()) {
      state.switchedOff();
      return;
    }
    WebhookSettings webhook = settings.webhook().get();
    AccountCache accounts = AccountCache.watch(client, settings.watchedNamespaces());
    running.push(accounts::close);
    CertificateRotation certificate =
        new CertificateRotation(
            certificate(webhook.certificate().origin(), time),
            webhook.certificate().checkInterval(),
            time);
    running.push(certificate::close);
    certificate.start();
    Admission admission =
        new Admission(
            new CachedObjects(controllers.keys(), controllers.policies(), accounts),
            new LiveObjects(client),
            webhook.injection(),
            new AdmissionRecord(metrics));
    AdmissionServer server = listen(webhook.port(), certificate, admission);
    running.push(server::close);
    state.started(() -> certificate.isValid() && accounts.isWatching());
  }

  /** Stops answering. */
  void stop() {
    state.stopping();
    while (!running.isEmpty()) {
      running.pop().close();
    }
  }

  private AdmissionServer listen(int port, CertificateRotation certificate, Admission admission)
      throws IOException {
    try {
      return AdmissionServer.start(vertx, port, certificate.keys(), admission);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting to listen", e);
    }
  }

  private ServingCertificate certificate(CertificateSettings.Origin origin, TimeSource time) {
    return switch (origin) {
      case CertificateSettings.SelfManaged own ->
          new SelfManagedCertificate(client, own.namespace(), time, new SecureRandom());
      case CertificateSettings.Mounted mounted -> new MountedCertificate(mounted.directory());
    };
  }
}
