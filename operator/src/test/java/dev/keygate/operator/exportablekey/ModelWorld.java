package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.DeletionMode;
import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.api.v1alpha1.ExportableKeyStatus;
import dev.keygate.azure.http.Call;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.operator.exportablekey.ModelStore.Kind;
import dev.keygate.operator.exportablekey.ModelTrouble.VaultFault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One sequence: an operator, two vaults and an API server, in one thread and in virtual time, and
 * everything that the rules have to be told. The same seed gives the same sequence.
 */
final class ModelWorld implements ModelExchange.Witness, ModelOperator.Witness {

  /** A rule is broken. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  private static final ExportableKeyStatus NEVER_WRITTEN =
      new ExportableKeyStatus(null, null, null, List.of(), null, List.of());
  private static final Set<String> REFUSED_OPERATOR =
      Set.of("NotAuthorized", "VaultUnauthenticated", "IdentityRefused");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(25);
  private static final int MOST_RUNS = 3000;

  /** All four objects look whether it is their turn after each pause that a vault asks for. */
  private static final int RUNS_A_SECOND = 1;

  /** What is remembered of a run under way. */
  private static final class UnderWay {
    final ExportableKey key;
    final ModelCluster cluster;
    boolean isAlone = true;
    VaultFault last = VaultFault.NONE;

    UnderWay(ExportableKey key, ModelCluster cluster) {
      this.key = key;
      this.cluster = cluster;
    }
  }

  final ModelStore store = new ModelStore();
  final ModelClock clock = new ModelClock();
  final ModelTrouble trouble;
  final ModelVaults vaults;
  private final ModelPorts ports;
  private final Random random;
  private final Deque<UnderWay> runs = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private boolean isListening;
  private long vaultWrites;
  private ModelOperator operator;

  ModelWorld(ModelLab lab, long seed, ModelPorts ports) {
    this.ports = ports;
    this.random = new Random(seed);
    this.trouble = new ModelTrouble(random);
    VaultSettings.Throttling throttling =
        random.nextInt(4) == 0
            ? VaultSettings.Throttling.REFUSED_REQUESTS_ARE_FREE
            : VaultSettings.Throttling.UNLIMITED;
    this.vaults = new ModelVaults(lab, clock, VaultSettings.DEFAULT.with(throttling), seeded(seed));
    this.operator = start();
  }

  private static SecureRandom seeded(long seed) {
    try {
      SecureRandom seeded = SecureRandom.getInstance("SHA1PRNG");
      seeded.setSeed(seed);
      return seeded;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  Random random() {
    return random;
  }

  private ModelOperator start() {
    return new ModelOperator(
        new ModelOperator.Ground(store, clock, trouble, random, ports),
        vaults.client(new ModelExchange(vaults, trouble, this), ModelLab.OPERATOR, clock),
        this);
  }

  /** The process ends as it stands, and another one begins. */
  void restart() {
    say(() -> "restart");
    runs.clear();
    operator = start();
  }

  /** Does something that may meet a crash. */
  void surviving(Runnable action) {
    try {
      action.run();
    } catch (ModelTrouble.Crash e) {
      restart();
    }
  }

  void deliverSome() {
    List<Kind> kinds = List.of(Kind.values());
    Kind kind = kinds.get(random.nextInt(kinds.size()));
    if (operator.isBehind(kind)) {
      operator.deliver(kind);
    }
  }

  void runSome() {
    List<ResourceID> ready = operator.ready();
    if (!ready.isEmpty()) {
      operator.run(ready.get(random.nextInt(ready.size())));
    }
  }

  /** Somebody changes a vault: until they end, runs under way know something that is not so. */
  void vaultChanged() {
    runs.forEach(run -> run.isAlone = false);
  }

  /** From now on what happens is written down, which takes time. */
  void listen() {
    isListening = true;
  }

  void say(Supplier<String> what) {
    if (isListening) {
      told.add(Duration.between(ModelClock.START, clock.now()).toSeconds() + " s: " + what.get());
    }
  }

  List<String> told() {
    return told;
  }

  /** Works off everything that is to be done until then. */
  void drain(Duration time) {
    Instant end = clock.now().plus(time);
    long most = MOST_RUNS + RUNS_A_SECOND * time.toSeconds();
    for (long count = 0; count < most; count++) {
      store.collectGarbage();
      for (Kind kind : Kind.values()) {
        while (operator.isBehind(kind)) {
          operator.deliver(kind);
        }
      }
      List<ResourceID> ready = operator.ready();
      if (!ready.isEmpty()) {
        operator.run(ready.getFirst());
        continue;
      }
      Optional<Instant> next = operator.nextTimer().filter(at -> !at.isAfter(end));
      if (next.isEmpty()) {
        clock.advance(Duration.between(clock.now(), end));
        return;
      }
      clock.advance(Duration.between(clock.now(), next.get()));
    }
    throw new Broken("the operator does not come to rest");
  }

  /** Ends the trouble and compares everything once nothing happens any more. */
  void settle() {
    say(() -> "settle");
    trouble.end();
    drain(LONG_ENOUGH);
    for (HasMetadata object : store.all(Kind.KEY)) {
      ExportableKey key = (ExportableKey) object;
      new ModelTruth(store, vaults, key)
          .wrong()
          .ifPresent(
              wrong -> {
                throw new Broken(ResourceID.fromResource(key) + ": " + wrong);
              });
    }
    long writes = vaultWrites;
    long version = store.version();
    restart();
    drain(Duration.ZERO);
    if (vaultWrites != writes || store.version() != version) {
      throw new Broken("a restart writes something though nothing has changed");
    }
  }

  @Override
  public void begins(ExportableKey key, ModelCluster cluster) {
    say(() -> "run " + ResourceID.fromResource(key) + " of " + key.getMetadata().getUid());
    UnderWay run = new UnderWay(key, cluster);
    cluster.showStatusesTo(applied -> checkStatus(run, applied));
    cluster.showReleasesTo(() -> checkRelease(run));
    runs.push(run);
  }

  @Override
  public void ends(ExportableKey key) {
    runs.pop();
  }

  @Override
  public void tells(ExportableKey key, String what) {
    say(() -> "event " + what);
  }

  @Override
  public void saw(Call call, int status, Optional<VaultKey> before, Optional<VaultKey> after) {
    UnderWay run = runs.element();
    run.last = VaultFault.NONE;
    boolean isWrite = call.method() != Call.Method.GET && status < 300;
    if (call.method() != Call.Method.GET) {
      say(() -> call + " answered " + status);
    }
    if (!isWrite) {
      return;
    }
    vaultWrites++;
    new WriteRules(
            run.key,
            run.cluster.seenPolicy().flatMap(ModelTruth::compile),
            isHeld(run.key),
            run.isAlone)
        .broken(call, before, after)
        .ifPresent(
            rule -> {
              throw new Broken(rule + ": " + call);
            });
  }

  private boolean isHeld(ExportableKey key) {
    return store
        .key(ResourceID.fromResource(key))
        .filter(now -> now.getMetadata().getUid().equals(key.getMetadata().getUid()))
        .filter(now -> !now.isMarkedForDeletion())
        .map(now -> !now.getMetadata().getFinalizers().isEmpty())
        .orElse(true);
  }

  @Override
  public void failed(VaultFault fault) {
    say(() -> "fault " + fault);
    runs.element().last = fault;
  }

  /** What an object stands for is gone from the vault before the object is. */
  private void checkRelease(UnderWay run) {
    boolean isAsked =
        run.key.isMarkedForDeletion() && run.key.getSpec().deletion() == DeletionMode.SoftDelete;
    boolean isLeft =
        new ModelTruth(store, vaults, run.key)
            .found()
            .filter(found -> found.deletedAt().isEmpty())
            .filter(found -> ModelClaim.of(run.key, found.current().tags()) == ModelClaim.OURS)
            .isPresent();
    if (run.isAlone && isAsked && isLeft) {
      throw new Broken("an object lets go of a key that it leaves in the vault");
    }
  }

  private void checkStatus(UnderWay run, ExportableKey applied) {
    ExportableKeyStatus before = Objects.requireNonNullElse(run.key.getStatus(), NEVER_WRITTEN);
    ExportableKeyStatus after = applied.getStatus();
    Optional<ExportableKey> now = store.key(ResourceID.fromResource(run.key));
    boolean isSame =
        now.filter(k -> k.getMetadata().getUid().equals(run.key.getMetadata().getUid()))
            .isPresent();
    if (now.isPresent() && !isSame && applied.getMetadata().getUid() == null) {
      throw new Broken("the status of an object that is gone is written to its successor");
    }
    List<String> broken = StatusRules.broken(before, after, run.key.getMetadata().getGeneration());
    if (!broken.isEmpty()) {
      throw new Broken(broken + ": " + after.conditions() + " after " + before.conditions());
    }
    Optional<Condition> stalled = Conditions.find(after.conditions(), ConditionType.Stalled);
    say(() -> "status " + verdictOf(run, after) + stalled.map(c -> " " + c.reason()).orElse(""));
    if (stalled.isPresent()) {
      checkStalled(run, before, stalled.get());
    }
  }

  private static StatusRules.Verdict verdictOf(UnderWay run, ExportableKeyStatus status) {
    return StatusRules.verdict(status, run.key.getMetadata().getGeneration());
  }

  /** What time may cure stalls nothing, and a permission has ten minutes to arrive. */
  private void checkStalled(UnderWay run, ExportableKeyStatus before, Condition stalled) {
    boolean isAboutOperator = REFUSED_OPERATOR.contains(stalled.reason());
    if (run.last != VaultFault.NONE && !isAboutOperator) {
      throw new Broken("a passing fault, " + run.last + ", stalls the key: " + stalled);
    }
    if (isAboutOperator) {
      Instant now = clock.operators().now();
      boolean isOld =
          Conditions.find(before.conditions(), ConditionType.Authorized)
              .map(condition -> Instant.parse(condition.lastTransitionTime()))
              .filter(since -> since.isAfter(now) || !since.plusSeconds(600).isAfter(now))
              .isPresent();
      if (!isOld) {
        throw new Broken("a permission has not had its ten minutes: " + stalled);
      }
    }
  }
}
