package dev.keygate.operator;

import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.failure.RefusedException;
import dev.keygate.operator.config.OperatorSettings;
import dev.keygate.operator.config.Settings;
import dev.keygate.operator.health.WatchState;
import dev.keygate.operator.leader.LeaseReturn;
import dev.keygate.operator.vault.VaultAccess;
import dev.keygate.time.TimeSource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry point: {@code java -jar quarkus-run.jar}. On SIGTERM it finishes the runs under way,
 * gives its Lease back and ends. Ends by itself with {@value #SETTINGS_REFUSED} if a setting is
 * refused, with {@value #NO_CLUSTER} if the API server does not let it watch, and with {@value
 * #NO_PORT} if the webhook cannot listen at its port; with {@value
 * dev.keygate.operator.leader.Leadership#EXIT_CODE} if it led and another replica may lead.
 */
@QuarkusMain
public final class Operator implements QuarkusApplication {

  static final int NO_CLUSTER = 1;
  static final int SETTINGS_REFUSED = 2;
  static final int NO_PORT = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Operator.class);

  private final OperatorSettings written;
  private final Controllers controllers;
  private final InjectionWebhook webhook;
  private final WatchState watching;
  private final TimeSource time = new SystemTime();

  /** What has to be done when the process is told to end; nothing before it watches. */
  private final AtomicReference<Runnable> ending = new AtomicReference<>(() -> {});

  Operator(
      OperatorSettings written,
      Controllers controllers,
      InjectionWebhook webhook,
      WatchState watching) {
    this.written = written;
    this.controllers = controllers;
    this.webhook = webhook;
    this.watching = watching;
  }

  @Override
  public int run(String... arguments) {
    Settings settings;
    KeyManagementClient vault;
    SecureRandom random = new SecureRandom();
    try {
      settings = Settings.from(written);
      vault = VaultAccess.of(settings, System.getenv(), time, random);
    } catch (RefusedException e) {
      LOG.error(e.getMessage());
      return SETTINGS_REFUSED;
    }
    if (settings.lab().isPresent()) {
      LOG.warn("keygate.lab.trust-roots is set: this operator speaks with a lab, not with Azure");
    }
    return watch(settings, controllers.assemble(settings, vault, time, random));
  }

  private int watch(Settings settings, Controllers.Assembled assembled) {
    try {
      assembled.operator().start();
      webhook.start(settings, assembled, time);
    } catch (OperatorException | KubernetesClientException e) {
      LOG.atError()
          .setCause(e)
          .log(
              "The API server at {} does not let the operator watch; the kinds and the ClusterRole"
                  + " of deploy/ have to be installed",
              controllers.client().getMasterUrl());
      return NO_CLUSTER;
    } catch (IOException e) {
      LOG.error("The webhook does not start: {}", e.getMessage());
      return NO_PORT;
    }
    watching.started(assembled.operator());
    LOG.info("Watching");
    ending.set(() -> stop(settings, assembled));
    Quarkus.waitForExit();
    return 0;
  }

  /** Before Quarkus takes the API server's client away, and it waits for this. */
  void ending(@Observes ShutdownEvent told) {
    ending.getAndSet(() -> {}).run();
  }

  /** Lets runs end, then lets another replica lead. */
  private void stop(Settings settings, Controllers.Assembled assembled) {
    watching.stopping();
    assembled.leadership().stopping();
    webhook.stop();
    long begun = time.nanoTime();
    assembled.operator().stop();
    // The framework does not say whether it waited until the last run ended, or for as long as it
    // may.
    if (time.nanoTime() - begun < Controllers.TERMINATION_TIMEOUT.toNanos()) {
      LeaseReturn.by(settings.replica(), controllers.client());
    }
  }
}
