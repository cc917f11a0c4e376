package dev.keygate.scenarios.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.failure.Reason;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.Artefacts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that are lost with SIGKILL, and services one by one, at each step of a release. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class ProcessLossIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int TRY_AGAIN_LATER = 5;
  private static final Pattern FAILURE =
      Pattern.compile("keygate_releases_total\\{outcome=\"[a-z]+\",reason=\"([A-Za-z]+)\"}");

  @TempDir private static Path labFolder;
  private static Artefacts artefacts;
  private static ChildProcesses children;
  private static LabProcess lab;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    artefacts = Artefacts.find();
    children = ChildProcesses.open(new SystemTime());
    lab = LossLab.start(artefacts, labFolder, children);
  }

  @AfterAll
  static void stop() {
    children.close();
  }

  @AfterEach
  void mend() throws Exception {
    if (!lab.process().isAlive()) {
      bringBackTheLab();
    }
    lab.clearFaults();
  }

  @ParameterizedTest
  @EnumSource
  void sidecarThatIsKilledDuringACallComesBackWithTheKey(ReleaseStep step) throws Exception {
    step.hold(lab);
    try (LossSidecar sidecar = start("healthy")) {
      awaitTheCall();
      String token = sidecar.token();

      sidecar.process().kill();
      assertThat(sidecar.delivered()).as("nothing half-written").isEmpty();
      lab.clearFaults();
      sidecar.startAgain();

      sidecar.await(sidecar::serves);
      assertThat(sidecar.token()).isEqualTo(token);
      assertServed(sidecar);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RELEASE_AGAIN")
  void sidecarOutlivesALabThatIsKilledDuringACall(ReleaseStep step) throws Exception {
    step.hold(lab);
    try (LossSidecar sidecar = start("healthy")) {
      awaitTheCall();
      ChildProcess process = sidecar.process();

      lab.process().kill();
      sidecar.await(() -> !Collections.disjoint(failuresOf(sidecar), step.reasons()));
      assertThat(failuresOf(sidecar)).isSubsetOf(withLossOfTheTpm(step.reasons()));
      assertThat(sidecar.health("live").statusCode()).isEqualTo(200);
      assertToldAs(sidecar, withLossOfTheTpm(step.reasons()));
      bringBackTheLab();

      sidecar.await(sidecar::serves);
      assertThat(process.isAlive()).isTrue();
      assertServed(sidecar);
    }
  }

  @ParameterizedTest
  @EnumSource
  void serviceThatIsAwayIsNamedAndTheKeyComesWithIt(ServiceListener listener) throws Exception {
    listener.close(lab);
    try (LossSidecar sidecar = start(listener.machine())) {
      sidecar.await(() -> sidecar.missingBecause().contains(listener.reason().name()));

      assertThat(failuresOf(sidecar)).containsExactly(listener.reason());
      assertThat(sidecar.health("live").statusCode()).isEqualTo(200);
      assertToldAs(sidecar, Set.of(listener.reason()));
      assertThat(sidecar.delivered()).isEmpty();
      lab.clearFaults();

      sidecar.await(sidecar::serves);
      assertServed(sidecar);
    }
  }

  @Test
  void appKeepsItsKeyWithoutTheLabAndGetsItAgainAfterBothWereLost() throws Exception {
    try (LossSidecar sidecar = start("healthy")) {
      sidecar.await(sidecar::serves);
      String token = sidecar.token();
      String key = sidecar.deliveredKey();
      List<String> delivered = sidecar.delivered();

      lab.process().kill();
      assertThat(sidecar.askedByTheApp().statusCode()).isEqualTo(200);
      assertThat(sidecar.serves()).isTrue();

      sidecar.process().kill();
      assertThatExceptionOfType(ConnectException.class).isThrownBy(sidecar::askedByTheApp);
      assertThat(sidecar.delivered()).isEqualTo(delivered);

      // The lab is the machine as well: without its TPM the process ends, and is started again.
      sidecar.startAgain();
      assertThat(sidecar.process().awaitExit(SOON)).hasValue(TRY_AGAIN_LATER);
      assertThat(sidecar.process().lastLogLines(1).getFirst()).startsWith("TpmUnavailable: ");
      assertThatExceptionOfType(ConnectException.class).isThrownBy(sidecar::askedByTheApp);
      assertThat(sidecar.deliveredKey()).isEqualTo(key);

      bringBackTheLab();
      sidecar.startAgain();
      sidecar.await(sidecar::serves);
      assertThat(sidecar.token()).isEqualTo(token);
      assertThat(sidecar.deliveredKey()).isEqualTo(key);
      assertThat(sidecar.delivered()).isEqualTo(delivered);
      assertServed(sidecar);
    }
  }

  private LossSidecar start(String machine) throws Exception {
    return LossSidecar.start(artefacts, lab, machine, folder, children);
  }

  private static void bringBackTheLab() throws Exception {
    lab.startAgain();
    lab.awaitReady();
  }

  private static void awaitTheCall() {
    await().atMost(SOON).until(() -> lab.strikesOfNewestFault() > 0);
  }

  /** The app has the key by both ways, and nothing else lies beside it. */
  private static void assertServed(LossSidecar sidecar) throws Exception {
    HttpResponse<String> answer = sidecar.askedByTheApp();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(sidecar.deliveredKey()).isEqualTo(answer.body());
    String version = answer.headers().firstValue("ETag").orElse("").replace("\"", "");
    assertThat(sidecar.delivered())
        .containsExactlyInAnyOrder(
            "current -> " + version,
            version + "/",
            version + "/key.bin",
            version + "/key.jwk",
            version + "/key.pem");
  }

  /** Health answer and problem say one of these reasons. */
  private static void assertToldAs(LossSidecar sidecar, Set<Reason> reasons) throws Exception {
    assertThat(sidecar.health("started").statusCode()).isEqualTo(503);
    assertThat(sidecar.missingBecause())
        .hasSize(1)
        .isSubsetOf(reasons.stream().map(Enum::name).toList());
    HttpResponse<String> problem = sidecar.askedByTheApp();
    JsonNode told = new ObjectMapper().readTree(problem.body());
    assertThat(problem.statusCode()).isEqualTo(503);
    assertThat(told.path("code").asText()).isIn(reasons.stream().map(Enum::name).toList());
    assertThat(problem.headers().firstValue("Retry-After")).isPresent();
  }

  /** The next try after the first one finds that the machine's TPM is gone with the lab. */
  private static Set<Reason> withLossOfTheTpm(Set<Reason> reasons) {
    Set<Reason> all = new TreeSet<>(reasons);
    all.add(Reason.TpmUnavailable);
    return all;
  }

  /** The reasons for which releases have failed so far. */
  private static Set<Reason> failuresOf(LossSidecar sidecar)
      throws IOException, InterruptedException {
    return FAILURE
        .matcher(sidecar.metrics())
        .results()
        .map(match -> Reason.valueOf(match.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
