package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.KeyPin;
import dev.keygate.sidecar.release.KeyPlans;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.OutcomeKind;
import dev.keygate.sidecar.release.ReleaseLoop;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.testing.LogLines;
import dev.keygate.sidecar.testing.SkippingTime;
import dev.keygate.sidecar.testing.WorkloadIssuer;
import dev.keygate.time.TimeSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every cell of the fault matrix. Pauses are over at once; timeouts are short where a fault is
 * slow. With {@code -Dkeygate.golden.update=true} the page is written instead of compared.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class FaultMatrixTest {

  private static final Set<FaultCell.Answer> RELEASING =
      EnumSet.of(FaultCell.Answer.FAIL_OVER, FaultCell.Answer.DEGRADE);

  private static final Path PAGE = Path.of("..", "docs", "reference", "faults.md");
  private static final Timeouts SHORT =
      new Timeouts(Duration.ofMillis(900), Duration.ofMillis(900));

  @TempDir private static Path folder;
  private static Vertx vertx;
  private static TestLab lab;
  private static WorkloadIssuer issuer;
  private static IdentitySettings workload;
  private final MemoryLease lease = new MemoryLease();
  private final OutcomeBoard board = new OutcomeBoard();

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    lab = TestLab.start(folder);
    issuer = new WorkloadIssuer(new SystemTime().now());
    workload = lab.workload(issuer, folder);
  }

  @AfterAll
  static void stop() {
    issuer.close();
    lab.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void calm() {
    lab.clearFaults();
    lease.close();
  }

  static List<FaultCell> cells() throws IOException {
    return FaultMatrix.read().cells();
  }

  static List<FaultCell> retried() throws IOException {
    return cells().stream()
        .filter(cell -> cell.answer() == FaultCell.Answer.RETRY)
        .filter(cell -> !cell.fault().isOfConnections())
        .toList();
  }

  @Test
  void hasACellForEveryCombinationThatCanHappen() throws Exception {
    assertThat(cells().stream().map(cell -> cell.call() + " " + cell.fault()))
        .containsExactlyElementsOf(FaultMatrix.combinations());
  }

  @Test
  void isWhatThePageSays() throws Exception {
    String page = FaultMatrix.read().page();
    if (Boolean.getBoolean("keygate.golden.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }

  @Tag("rival-07")
  @Tag("rival-10")
  @Tag("rival-12")
  @ParameterizedTest
  @MethodSource("cells")
  void makesOfAFaultWhatTheMatrixSays(FaultCell cell) throws Exception {
    if (cell.fault().needsEarlierCall()) {
      lab.inject(cell.call().host(), cell.call().path(), cell.fault().effect());
      assertThat(round(cell)).isInstanceOf(ReleaseOutcome.Released.class);
      lease.close();
    } else {
      lab.inject(cell.call().host(), path(cell), cell.fault().effect());
    }
    String log;
    ReleaseOutcome outcome;
    try (LogLines lines = LogLines.collect()) {
      outcome = round(cell);
      log = lines.text();
    }
    assertThat(answer(outcome, cell)).as(message(outcome)).isEqualTo(cell.answer());
    assertThat(OutcomeKind.of(outcome).reason())
        .isEqualTo(cell.reason().map(Enum::name).orElse(""));
    assertThat(log)
        .contains(cell.reason().map(Enum::name).orElse("Key released"))
        .contains(message(outcome));
    assertThat(board.counts()).containsKey(OutcomeKind.of(outcome));
    assertTold(cell, outcome);
  }

  /** Whoever reads the health answer or a problem reads what the log says. */
  private void assertTold(FaultCell cell, ReleaseOutcome outcome) throws Exception {
    String reason = cell.reason().map(Enum::name).orElse("");
    try (ToldReasons told =
        ToldReasons.of("k", lease, board, new ToldReasons.Ground(vertx, folder.resolve("told")))) {
      ToldReasons.Told problem = told.material("k");
      assertThat(problem.code()).isEqualTo(reason);
      assertThat(problem.detail()).isEqualTo(message(outcome));
      assertThat(problem.status()).isEqualTo(status(outcome));
      assertThat(told.health().status()).isEqualTo(reason.isEmpty() ? 200 : 503);
      assertThat(told.health().body())
          .contains("\"reasons\":[" + (reason.isEmpty() ? "" : '"' + reason + '"') + "]");
    }
  }

  private static int status(ReleaseOutcome outcome) {
    return switch (outcome) {
      case ReleaseOutcome.Released _ -> 200;
      case ReleaseOutcome.Refused _ -> 403;
      case ReleaseOutcome.Unavailable _ -> 503;
    };
  }

  @Tag("rival-13")
  @ParameterizedTest
  @MethodSource("retried")
  void getsTheKeyInTheSameReleaseIfOneCallIsStruck(FaultCell cell) throws Exception {
    lab.injectOnce(cell.call().host(), path(cell), cell.fault().effect());
    assertThat(round(cell)).isInstanceOf(ReleaseOutcome.Released.class);
  }

  static List<FaultCell> withAnotherHost() throws IOException {
    return cells().stream()
        .filter(cell -> cell.call().otherHost().isPresent())
        .filter(cell -> !cell.fault().needsEarlierCall())
        .filter(cell -> RELEASING.contains(cell.answer()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("withAnotherHost")
  void getsNoKeyIfTheHostItFailsOverToIsGoneAsWell(FaultCell cell) throws Exception {
    lab.inject(cell.call().host(), path(cell), cell.fault().effect());
    lab.inject(cell.call().otherHost().orElseThrow(), ".*", new FaultEffect.Reset());

    assertThat(round(cell) instanceof ReleaseOutcome.Released)
        .isEqualTo(cell.answer() == FaultCell.Answer.DEGRADE);
  }

  private static FaultCell.Answer answer(ReleaseOutcome outcome, FaultCell cell) {
    return switch (outcome) {
      case ReleaseOutcome.Refused _ -> FaultCell.Answer.REFUSE;
      case ReleaseOutcome.Unavailable _ -> FaultCell.Answer.RETRY;
      case ReleaseOutcome.Released _ ->
          cell.answer() == FaultCell.Answer.FAIL_OVER
              ? FaultCell.Answer.FAIL_OVER
              : FaultCell.Answer.DEGRADE;
    };
  }

  private static String message(ReleaseOutcome outcome) {
    return switch (outcome) {
      case ReleaseOutcome.Released _ -> "";
      case ReleaseOutcome.Refused refused -> refused.message();
      case ReleaseOutcome.Unavailable unavailable -> unavailable.message();
    };
  }

  private static String path(FaultCell cell) {
    return cell.fault().isOfConnections() ? ".*" : cell.call().path();
  }

  private ReleaseOutcome round(FaultCell cell) throws Exception {
    FaultCall call = cell.call();
    boolean isSlow = cell.fault().isSlow();
    Assembly assembly =
        Assembly.of(
            lab.platform(call.machine(), call.authorities()),
            new Assembly.Patience(
                new SkippingTime(),
                isSlow ? SHORT : Timeouts.REMOTE,
                isSlow ? SHORT : Timeouts.LOCAL));
    ReleaseLoop loop =
        new ReleaseLoop(
            assembly.flow(identity(call), lease),
            new ReleaseLoop.LoopEnds(new KeyPlans(Optional.empty(), List.of()), lease, board),
            new ReleaseLoop.LoopTiming(new OneRound(), new Random(1), Duration.ofSeconds(1)));
    loop.run(List.of(new KeyPin("k", KeyIdentifier.parse(call.key()))));
    assertThat(Thread.interrupted()).as("the loop ended as it was told").isTrue();
    return board.latest("k").orElseThrow();
  }

  private static IdentitySettings identity(FaultCall call) {
    return call == FaultCall.WORKLOAD_IDENTITY
        ? workload
        : new IdentitySettings.Managed(Optional.empty());
  }

  /** Ends a loop after its first round. */
  private static final class OneRound implements TimeSource {

    private final TimeSource real = new SystemTime();

    @Override
    public Instant now() {
      return real.now();
    }

    @Override
    public long nanoTime() {
      return real.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      throw new InterruptedException("one round is enough");
    }
  }
}
