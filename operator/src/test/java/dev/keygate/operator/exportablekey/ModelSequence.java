package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.operator.exportablekey.ModelStore.Kind;
import dev.keygate.operator.exportablekey.ModelTrouble.VaultFault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What happens in a sequence, step by step, by chance. */
final class ModelSequence {

  private static final List<String> NAMESPACES = List.of("a", "b");
  private static final List<String> NAMES = List.of("one", "two");

  private final ModelWorld world;
  private final Random random;
  private final ModelSpecs specs;
  private final ModelHand hand;

  ModelSequence(ModelLab lab, long seed) {
    this(lab, seed, ModelPorts.SOUND);
  }

  ModelSequence(ModelLab lab, long seed, ModelPorts ports) {
    world = new ModelWorld(lab, seed, ports);
    random = world.random();
    specs = new ModelSpecs(random);
    hand = new ModelHand(world.vaults, specs, random);
    world.trouble.meanwhile(this::meanwhile);
  }

  /** Writes down what happens, for whoever reads a failure. */
  void listen() {
    world.listen();
  }

  /** What was written down. */
  List<String> told() {
    return world.told();
  }

  /** Runs it to its end. */
  void run() {
    if (random.nextInt(3) == 0) {
      createRivals();
    } else {
      applyPolicy();
      createKey();
    }
    switch (random.nextInt(5)) {
      case 0 -> {}
      case 1 -> world.trouble.begin(0.3, 0, 0);
      case 2 -> world.trouble.begin(0, 0.08, 0);
      default -> world.trouble.begin(0.05, 0.01, 0.3);
    }
    int steps = 10 + random.nextInt(30);
    for (int step = 0; step < steps; step++) {
      world.surviving(this::step);
    }
    world.settle();
  }

  /** Two objects that want the same key. */
  private void createRivals() {
    ExportableKeySpec spec = specs.any();
    for (String namespace : NAMESPACES) {
      ModelSpecs.POLICIES.forEach(
          policy -> world.store.apply(new ResourceID(policy, namespace), specs.policy()));
      world.store.create(new ResourceID("one", namespace), spec);
    }
    world.say(() -> "rivals " + spec);
  }

  private void step() {
    world.clock.advance(Duration.ofMillis(random.nextInt(2000)));
    int dice = random.nextInt(100);
    if (dice < 22) {
      world.deliverSome();
    } else if (dice < 50) {
      world.runSome();
    } else if (dice < 58) {
      world.drain(Duration.ofSeconds(random.nextInt(200)));
    } else if (dice < 60) {
      world.drain(Duration.ofMinutes(random.nextInt(180)));
    } else if (dice < 85) {
      userActs();
    } else if (dice < 91) {
      vaultIsChanged();
    } else {
      somethingHappens();
    }
  }

  /** Between two calls of a run. */
  private void meanwhile() {
    switch (random.nextInt(5)) {
      case 0 -> world.deliverSome();
      case 1, 2 -> world.runSome();
      case 3 -> userActs();
      default -> vaultIsChanged();
    }
  }

  private void vaultIsChanged() {
    String done = hand.act();
    world.say(() -> done);
    world.vaultChanged();
  }

  private void userActs() {
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> createKey();
      case 3, 4, 5, 6, 7, 8 -> editKey();
      case 9, 10 -> deleteKey();
      case 11, 12, 13 -> applyPolicy();
      case 14 -> deletePolicy();
      case 15 -> editGrant();
      case 16 -> wipeStatus();
      case 17 -> deleteNamespace();
      case 18 -> replaceKey();
      default -> world.store.collectGarbage();
    }
  }

  private void somethingHappens() {
    switch (random.nextInt(9)) {
      case 0 -> {
        String permitted = hand.permit();
        world.say(() -> permitted);
      }
      case 1, 2 -> {
        world.trouble.begin(
            random.nextDouble() * 0.5, random.nextDouble() * 0.1, random.nextDouble() * 0.2);
        world.say(() -> "trouble");
      }
      case 3 -> {
        VaultFault[] all = VaultFault.values();
        VaultFault fault = all[random.nextInt(all.length)];
        world.trouble.storm(fault);
        world.say(() -> "storm of " + fault);
      }
      case 4, 5 -> {
        world.trouble.end();
        world.say(() -> "calm");
      }
      case 6, 7 -> world.restart();
      default -> {
        Duration skew = Duration.ofMinutes(random.nextInt(4000) - 2000);
        world.clock.skew(skew);
        world.say(() -> "clock off by " + skew);
      }
    }
  }

  private ResourceID anyId() {
    return new ResourceID(specs.pick(NAMES), specs.pick(NAMESPACES));
  }

  private void createKey() {
    ResourceID id = anyId();
    if (world.store.key(id).isEmpty() && !world.store.isTerminating(namespace(id))) {
      world.store.create(id, specs.any());
      world.say(() -> "create " + id + " " + world.store.key(id).orElseThrow().getSpec());
    }
  }

  private void editKey() {
    ResourceID id = anyId();
    world
        .store
        .key(id)
        .ifPresent(
            key -> {
              world.store.edit(id, specs.edited(key.getSpec()));
              world.say(() -> "edit " + id + " " + world.store.key(id).orElseThrow().getSpec());
            });
  }

  private void deleteKey() {
    ResourceID id = anyId();
    world.say(() -> "delete " + id);
    world.store.delete(Kind.KEY, id);
  }

  private void replaceKey() {
    deleteKey();
    createKey();
  }

  private void applyPolicy() {
    ResourceID id = new ResourceID(specs.pick(ModelSpecs.POLICIES), specs.pick(NAMESPACES));
    if (!world.store.isTerminating(namespace(id))) {
      world.store.apply(id, specs.policy());
      world.say(() -> "policy " + id + " " + world.store.policy(id).orElseThrow().getSpec());
    }
  }

  private void deletePolicy() {
    ResourceID id = new ResourceID(specs.pick(ModelSpecs.POLICIES), specs.pick(NAMESPACES));
    world.say(() -> "delete policy " + id);
    world.store.delete(Kind.POLICY, id);
  }

  private void editGrant() {
    ResourceID id = anyId();
    ResourceID grant = new ResourceID(id.getName() + ".keygate", namespace(id));
    world.say(() -> "edit or delete grant " + grant);
    if (random.nextBoolean()) {
      world.store.delete(Kind.GRANT, grant);
    } else {
      world.store.editGrant(grant, Map.of("grant.json", "{\"forged\":true}"));
    }
  }

  private void wipeStatus() {
    ResourceID id = anyId();
    world.say(() -> "status wiped " + id);
    world.store.editStatus(id, null);
  }

  private void deleteNamespace() {
    String namespace = specs.pick(NAMESPACES);
    if (world.store.isTerminating(namespace)) {
      world.say(() -> "namespace again " + namespace);
      world.store.reopen(namespace);
      return;
    }
    world.say(() -> "namespace deleted " + namespace);
    world.store.terminate(namespace);
    for (Kind kind : List.of(Kind.POLICY, Kind.GRANT, Kind.KEY)) {
      for (HasMetadata object : world.store.all(kind)) {
        if (object.getMetadata().getNamespace().equals(namespace)) {
          world.store.delete(kind, ResourceID.fromResource(object));
        }
      }
    }
  }

  private static String namespace(ResourceID id) {
    return id.getNamespace().orElseThrow();
  }

  /** For whoever reads a failure. */
  String state() {
    StringBuilder text = new StringBuilder();
    for (HasMetadata object : world.store.all(Kind.KEY)) {
      ExportableKey key = (ExportableKey) object;
      text.append(key.getMetadata()).append('\n').append(key.getSpec()).append('\n');
      text.append(key.getStatus()).append('\n');
    }
    return text.toString();
  }
}
