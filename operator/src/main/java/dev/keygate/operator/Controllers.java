package dev.keygate.operator;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.contract.FieldManagers;
import dev.keygate.operator.cache.ListPages;
import dev.keygate.operator.cache.PrimaryCache;
import dev.keygate.operator.config.Settings;
import dev.keygate.operator.event.EventRecorder;
import dev.keygate.operator.exportablekey.KeyReconciler;
import dev.keygate.operator.exportablekey.KeyTiming;
import dev.keygate.operator.leader.Leadership;
import dev.keygate.operator.leader.Replica;
import dev.keygate.operator.metrics.OperatorMetric;
import dev.keygate.operator.metrics.ReconciliationCounter;
import dev.keygate.operator.metrics.RunQueue;
import dev.keygate.operator.metrics.VaultMetrics;
import dev.keygate.operator.releasepolicy.PolicyReconciler;
import dev.keygate.operator.schedule.RetrySchedule;
import dev.keygate.operator.schedule.WaitingRuns;
import dev.keygate.operator.throttle.VaultTurns;
import dev.keygate.time.TimeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Puts the reconcilers together and registers them with the framework. */
@Singleton
final class Controllers {

  private static final String POLICIES = "ReleasePolicy";
  private static final String KEYS = "ExportableKey";

  /** What a vault or the API server is asked at once; a run waits for them most of its time. */
  private static final int CONCURRENT_RUNS = 32;

  /** How long a stop waits for runs to end. */
  static final Duration TERMINATION_TIMEOUT = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final MeterRegistry metrics;

  Controllers(KubernetesClient client, MeterRegistry metrics) {
    this.client = client;
    this.metrics = metrics;
  }

  /** The API server that is watched. */
  KubernetesClient client() {
    return client;
  }

  /**
   * What was put together.
   *
   * @param operator the framework's, not started yet
   * @param keys filled once it is
   * @param policies filled once it is
   * @param leadership has to be told before the operator is stopped
   */
  record Assembled(
      Operator operator,
      PrimaryCache<ExportableKey> keys,
      PrimaryCache<ReleasePolicy> policies,
      Leadership leadership) {}

  /**
   * Puts them together.
   *
   * @param vault is called by turns
   */
  Assembled assemble(
      Settings settings, KeyManagementClient vault, TimeSource time, RandomGenerator random) {
    Leadership leadership = leadership(settings.replica());
    EventRecorder events = new EventRecorder(client, time);
    RunQueue queue = new RunQueue(time);
    queue.show(metrics, List.of(POLICIES, KEYS));
    Operator operator = framework(leadership, queue);
    PolicyReconciler policies =
        new PolicyReconciler(events, new ReconciliationCounter(metrics, POLICIES), time);
    VaultMetrics calls = new VaultMetrics(metrics);
    VaultTurns vaults = new VaultTurns(vault, settings.vaultLimits(), time, calls);
    calls.watch(vaults);
    KeyReconciler keys =
        new KeyReconciler(
            vaults,
            events,
            new ReconciliationCounter(metrics, KEYS),
            new KeyTiming(time, settings.resyncInterval(), new RetrySchedule<>(random)));
    operator.register(policies, configuration -> configure(configuration, settings));
    operator.register(
        keys,
        configuration -> configure(configuration, settings).withTriggerReconcilerOnAllEvents(true));
    return new Assembled(operator, keys.cache(), policies.cache(), leadership);
  }

  private Leadership leadership(Replica replica) {
    Leadership leadership =
        new Leadership(replica, () -> Runtime.getRuntime().halt(Leadership.EXIT_CODE));
    OperatorMetric.LEADER.gauge(metrics, leadership, one -> one.isLeading() ? 1 : 0);
    return leadership;
  }

  private Operator framework(Leadership leadership, RunQueue queue) {
    return new Operator(
        overrider ->
            overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withResourceCloner(new ObjectCopies(client.getKubernetesSerialization()))
                .withMetrics(queue)
                .withLeaderElectionConfiguration(leadership.configuration())
                .withExecutorService(WaitingRuns.threads(CONCURRENT_RUNS))
                .withReconciliationTerminationTimeout(TERMINATION_TIMEOUT));
  }

  private static <R extends HasMetadata> ControllerConfigurationOverrider<R> configure(
      ControllerConfigurationOverrider<R> configuration, Settings settings) {
    if (!settings.watchedNamespaces().isEmpty()) {
      configuration.settingNamespaces(settings.watchedNamespaces());
    }
    // For failures of the API server: those of vaults are outcomes, with a schedule of their own.
    return configuration
        .withFieldManager(FieldManagers.OPERATOR)
        .withInformerListLimit(ListPages.SIZE)
        .withRetry(
            new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(RetrySchedule.FIRST)
                .setIntervalMultiplier(2)
                .setMaxInterval(RetrySchedule.LONGEST.toMillis()));
  }
}
