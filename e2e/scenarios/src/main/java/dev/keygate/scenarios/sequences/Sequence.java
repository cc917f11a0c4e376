package dev.keygate.scenarios.sequences;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One sequence, which its seed decides: two namespaces whose objects want the same two keys of a
 * vault. When nothing happens any more, {@link KeyTruth} holds for every key, no version of a key
 * exists that nobody asked for, and nobody writes to the vault.
 */
final class Sequence {

  private static final Duration SETTLES_WITHIN = Duration.ofSeconds(150);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

  /** Longer than the operator's resync interval here. */
  private static final Duration REST = Duration.ofMillis(2500);

  private static final List<String> WRITES = List.of("PATCH", "POST", "DELETE");

  /**
   * Creations are counted by what came of them: whether a name is free that a deleted key may have,
   * the operator asks by creating.
   */
  private static final List<String> CHANGES = List.of("PATCH", "DELETE");

  private static final List<String> NAMES = List.of("orders", "orders-twin", "invoices");

  private final RealWorld world;
  private final VaultHand hand;
  private final Random random;
  private final Manifests manifests;
  private final List<String> namespaces;
  private final List<String> keyNames;
  private final Map<String, Integer> versionsByHand = new HashMap<>();
  private final List<String> told = new ArrayList<>();

  /**
   * @param seed decides everything but the pace of the processes
   * @param prefix of all names, not used before on this world
   */
  Sequence(RealWorld world, VaultHand hand, long seed, String prefix) {
    this.world = world;
    this.hand = hand;
    this.random = new Random(seed);
    this.manifests = new Manifests(random);
    this.namespaces = List.of(prefix + "-shop", prefix + "-bank");
    this.keyNames = List.of(prefix + "-orders", prefix + "-invoices");
  }

  /** What has happened so far, a line each. */
  List<String> told() {
    return List.copyOf(told);
  }

  /**
   * Plays it to its end and leaves nothing in the API server.
   *
   * @throws Surprise if a rule is broken, saying which
   */
  void play() throws Surprise, InterruptedException {
    for (String namespace : namespaces) {
      world.createNamespace(namespace);
      applyPolicies(namespace);
      applyKey(namespace);
    }
    int steps = 6 + random.nextInt(8);
    for (int step = 0; step < steps; step++) {
      take(random.nextInt(24));
    }
    settle();
    requireRest();
    told.add("both namespaces are deleted");
    for (String namespace : namespaces) {
      world.delete("namespace", namespace);
    }
    await(this::namespaceLeft);
  }

  private void take(int what) throws Surprise, InterruptedException {
    switch (what) {
      case 0, 1, 2, 3, 4, 5 -> applyKey(pick(namespaces));
      case 6, 7 -> applyPolicies(pick(namespaces));
      case 8 -> delete("relpol", pick(Manifests.POLICIES));
      case 9, 10 -> delete("expkey", pick(NAMES));
      case 11, 12 -> addVersion();
      case 13 -> byHand("sets a policy", key -> hand.setPolicy(key, pick(policies())));
      case 14 -> byHand("takes the tags", hand::takeTags);
      case 15 -> byHand("disables", hand::disable);
      case 16 -> byHand("deletes", hand::softDelete);
      case 17, 18 -> inject();
      case 19, 20 -> killOperator();
      case 21 -> replaceNamespace();
      default -> settle();
    }
  }

  private static List<WrittenPolicy> policies() {
    return List.of(WrittenPolicy.COMPLIANT, WrittenPolicy.SECURE_BOOT);
  }

  private void applyKey(String namespace) throws Surprise, InterruptedException {
    String name = pick(NAMES);
    ObjectNode key =
        manifests.key(namespace, name, keyNames.get(name.startsWith("orders") ? 0 : 1));
    apply(key, "key " + namespace + "/" + name + " " + key.path("spec"));
  }

  private void applyPolicies(String namespace) throws Surprise, InterruptedException {
    for (String name : Manifests.POLICIES) {
      WrittenPolicy written = random.nextInt(6) == 0 ? WrittenPolicy.UNSUPPORTED : pick(policies());
      apply(
          Manifests.policy(namespace, name, written),
          "policy " + namespace + "/" + name + " " + written);
    }
  }

  private void apply(ObjectNode manifest, String what) throws Surprise, InterruptedException {
    told.add("applied " + what);
    Optional<String> refusal = world.apply(manifest);
    if (refusal.isPresent()) {
      throw new Surprise("the API server refuses what is right: " + refusal.get());
    }
  }

  private void delete(String kind, String name) throws Surprise, InterruptedException {
    String namespace = pick(namespaces);
    told.add("deleted " + kind + " " + namespace + "/" + name);
    world.delete(kind, name, "--namespace=" + namespace);
  }

  /** The new namespace has the old one's name, and its objects are not those of the old one. */
  private void replaceNamespace() throws Surprise, InterruptedException {
    String namespace = pick(namespaces);
    told.add("replaced namespace " + namespace);
    world.clearFaults();
    world.delete("namespace", namespace);
    await(
        () ->
            world.hasNamespace(namespace)
                ? Optional.of("the namespace " + namespace + " is still there")
                : Optional.empty());
    world.createNamespace(namespace);
    applyPolicies(namespace);
    applyKey(namespace);
  }

  private interface Act {
    void on(String key) throws FailureException, InterruptedException;
  }

  private void byHand(String what, Act act) throws InterruptedException {
    String key = pick(keyNames);
    try {
      act.on(key);
      told.add("somebody " + what + " by hand: " + key);
    } catch (FailureException e) {
      told.add("somebody " + what + " by hand: " + key + ", and fails: " + e.reason());
    }
  }

  /** Past all faults, so that it is known how many there are. */
  private void addVersion() throws InterruptedException {
    String key = pick(keyNames);
    try {
      world.addVersion(key);
      versionsByHand.merge(key, 1, Integer::sum);
      told.add("somebody adds a version by hand: " + key);
    } catch (Surprise notThere) {
      told.add("somebody adds a version by hand: " + key + ", which is not there");
    }
  }

  private void inject() throws Surprise, InterruptedException {
    ObjectNode fault = new ObjectMapper().createObjectNode();
    fault.put("count", 1 + random.nextInt(4)).put("fromCall", 1 + random.nextInt(3));
    if (random.nextBoolean()) {
      fault.put("method", pick(WRITES));
    }
    switch (random.nextInt(4)) {
      case 0 -> fault.put("status", 429).put("retryAfterSeconds", 1);
      case 1 -> fault.put("status", 503);
      case 2 -> fault.put("effect", "reset");
      default -> fault.put("effect", "truncate").put("bytes", 40);
    }
    told.add("a fault of the vault: " + fault);
    world.inject(fault);
  }

  private void killOperator() throws Surprise, InterruptedException {
    told.add("the operator is killed");
    world.killOperator();
  }

  private void settle() throws Surprise, InterruptedException {
    told.add("nothing happens for a while");
    world.clearFaults();
    world.awaitOperator();
    await(this::wrong);
  }

  private interface Look {
    Optional<String> wrong() throws Surprise, InterruptedException;
  }

  private void await(Look look) throws Surprise, InterruptedException {
    long end = world.nanoTime() + SETTLES_WITHIN.toNanos();
    while (true) {
      Optional<String> wrong = look.wrong();
      if (wrong.isEmpty()) {
        return;
      }
      if (world.nanoTime() - end >= 0) {
        throw new Surprise("after " + SETTLES_WITHIN.toSeconds() + " s still: " + wrong.get());
      }
      world.pause(BETWEEN_LOOKS);
    }
  }

  private Optional<String> wrong() throws Surprise, InterruptedException {
    for (String name : keyNames) {
      VaultRecord vault = record(name);
      Optional<String> wrong = wrongVersions(name, vault);
      for (String namespace : namespaces) {
        for (ObservedKey key : world.keys(namespace)) {
          if (wrong.isEmpty() && key.keyName().equals(name)) {
            wrong = new KeyTruth(key, vault).wrong().map(what -> key.name() + ": " + what);
          }
        }
      }
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<String> wrongVersions(String name, VaultRecord vault) {
    int asked = 1 + versionsByHand.getOrDefault(name, 0);
    return vault.current().isEmpty() || vault.versions() == asked
        ? Optional.empty()
        : Optional.of(
            name + " has " + vault.versions() + " versions, and " + asked + " were asked for");
  }

  private VaultRecord record(String name) throws Surprise, InterruptedException {
    try {
      return hand.record(name);
    } catch (FailureException e) {
      throw new Surprise("the vault cannot be read: " + e.getMessage(), e);
    }
  }

  private void requireRest() throws Surprise, InterruptedException {
    int writes = world.callsWithin(REST, CHANGES);
    if (writes != 0) {
      throw new Surprise("the vault is as it should be, and is written to " + writes + " times");
    }
  }

  private Optional<String> namespaceLeft() throws Surprise, InterruptedException {
    for (String namespace : namespaces) {
      if (world.hasNamespace(namespace)) {
        return Optional.of("the namespace " + namespace + " is still there");
      }
    }
    return Optional.empty();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
