package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.operator.exportablekey.ModelCache.Delivered;
import dev.keygate.operator.exportablekey.ModelStore.Kind;
import dev.keygate.operator.schedule.RetrySchedule;
import dev.keygate.operator.throttle.CallListener;
import dev.keygate.operator.throttle.VaultLimits;
import dev.keygate.operator.throttle.VaultTurns;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One process of the operator: caches, a queue, timers and the code under test. The queue behaves
 * as the framework's: what happens during a run leads to another run, a run's pause replaces the
 * timer, and a run that the API server failed is tried again, gradually.
 */
final class ModelOperator {

  static final Duration RESYNC = Duration.ofMinutes(10);

  /** Watches runs. */
  interface Witness {
    void begins(ExportableKey key, ModelCluster cluster);

    void ends(ExportableKey key);

    void tells(ExportableKey key, String what);
  }

  /** The model's vaults refuse at random, not by count. */
  private static final VaultLimits ROOM_FOR_ALL =
      new VaultLimits(1_000_000, 1_000_000, VaultLimits.WINDOW);

  private final ModelStore store;
  private final ModelClock clock;
  private final ModelTrouble trouble;
  private final ModelPorts ports;
  private final Witness witness;
  private final ModelCache cache;
  private final KeyRun run;
  private final Set<ResourceID> queue = new LinkedHashSet<>();
  private final Set<ResourceID> running = new HashSet<>();
  private final Map<ResourceID, Instant> timers = new HashMap<>();
  private final Map<ResourceID, Integer> failures = new HashMap<>();

  /** What the process runs on. */
  record Ground(
      ModelStore store, ModelClock clock, ModelTrouble trouble, Random random, ModelPorts ports) {}

  ModelOperator(Ground ground, KeyManagementClient vault, Witness witness) {
    this.store = ground.store();
    this.clock = ground.clock();
    this.trouble = ground.trouble();
    this.ports = ground.ports();
    this.witness = witness;
    this.cache = new ModelCache(store);
    this.run =
        new KeyRun(
            new VaultTurns(ports.vault(vault), ROOM_FOR_ALL, clock.operators(), CallListener.NONE),
            new KeyChronicle(
                (key, transition) -> witness.tells(key, transition.reason()), outcome -> {}),
            new KeyTiming(clock.operators(), RESYNC, new RetrySchedule<>(ground.random())));
    queue.addAll(cache.keys());
  }

  boolean isBehind(Kind kind) {
    return cache.isBehind(kind);
  }

  List<ResourceID> ready() {
    timers.entrySet().removeIf(this::isDue);
    return queue.stream().filter(id -> !running.contains(id)).toList();
  }

  private boolean isDue(Map.Entry<ResourceID, Instant> timer) {
    boolean isDue = !timer.getValue().isAfter(clock.now());
    if (isDue) {
      queue.add(timer.getKey());
    }
    return isDue;
  }

  Optional<Instant> nextTimer() {
    return timers.values().stream().min(Instant::compareTo);
  }

  /** Delivers the next change of a kind to the informers. */
  void deliver(Kind kind) {
    Delivered delivered = cache.deliver(kind);
    ResourceID id = delivered.change().id();
    switch (kind) {
      case KEY -> {
        if (delivered.change().isDeletion() || isAnotherGeneration(delivered)) {
          queue.add(id);
        }
      }
      case POLICY -> {
        if (delivered.change().isDeletion() || isAnotherGeneration(delivered)) {
          cache.keys().stream().filter(key -> refersTo(key, id)).forEach(queue::add);
        }
      }
      case GRANT ->
          queue.add(
              new ResourceID(
                  id.getName().replace(".keygate", ""), id.getNamespace().orElseThrow()));
    }
  }

  private static boolean isAnotherGeneration(Delivered delivered) {
    return delivered.before().isEmpty()
        || !Objects.equals(
            delivered.before().get().getMetadata().getGeneration(),
            delivered.change().object().getMetadata().getGeneration())
        || !Objects.equals(
            delivered.before().get().getMetadata().getUid(),
            delivered.change().object().getMetadata().getUid());
  }

  private boolean refersTo(ResourceID key, ResourceID policy) {
    return key.getNamespace().equals(policy.getNamespace())
        && cache
            .key(key)
            .filter(k -> k.getSpec().releasePolicyRef().name().equals(policy.getName()))
            .isPresent();
  }

  /** Runs for one object that is ready. */
  void run(ResourceID id) {
    queue.remove(id);
    timers.remove(id);
    Optional<ExportableKey> key = cache.key(id);
    if (key.isEmpty()) {
      failures.remove(id);
      return;
    }
    running.add(id);
    ModelCluster cluster = new ModelCluster(store, cache, trouble, key.get());
    witness.begins(key.get(), cluster);
    try {
      run.run(key.get(), ports.cluster(cluster))
          .ifPresent(pause -> timers.put(id, clock.now().plus(pause)));
      failures.remove(id);
    } catch (KubernetesClientException e) {
      int earlier = failures.merge(id, 1, Integer::sum) - 1;
      timers.put(id, clock.now().plusSeconds(Math.min(120L, 1L << Math.min(earlier, 7))));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    witness.ends(key.get());
    running.remove(id);
  }
}
