package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.api.v1alpha1.ReleasePolicyStatus;
import dev.keygate.condition.Condition;
import dev.keygate.condition.ConditionStatus;
import dev.keygate.condition.ConditionType;
import dev.keygate.condition.Conditions;
import io.fabric8.kubernetes.api.model.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ReleasePolicies in the shared installation, as somebody with kubectl sees them. */
class ReleasePolicyIT {

  private static final Path REFUSED =
      Path.of("..", "crds", "src", "test", "resources", "manifests", "releasepolicy-conditions");
  private static final int MEBIBYTE = 1024 * 1024;

  private static Installation installation;

  @BeforeAll
  static void start() {
    installation = Installation.shared();
  }

  static List<Path> refused() throws IOException {
    try (Stream<Path> files = Files.list(REFUSED)) {
      return files.sorted().toList();
    }
  }

  /** What no schema can say: the first line of the file is the condition's reason and message. */
  @ParameterizedTest
  @MethodSource("refused")
  void whatOnlyTheCompilerKnowsBecomesACondition(Path file) throws Exception {
    String[] expected = Files.readAllLines(file).getFirst().replaceFirst("^# ", "").split(": ", 2);
    installation
        .kubectl()
        .require("create", "--validate=false", "--namespace=default", "-f", file.toString());
    try {
      String name =
          String.valueOf(file.getFileName()).replaceFirst("^refused-", "").replace(".yaml", "");

      Condition accepted = awaitJudged(name);

      assertThat(accepted.status()).isEqualTo(ConditionStatus.False);
      assertThat(accepted.reason()).isEqualTo(expected[0]);
      assertThat(accepted.message()).contains(expected[1]);
      assertThat(status(name).compiled()).isNull();
    } finally {
      installation.kubectl().require("delete", "--namespace=default", "-f", file.toString());
    }
  }

  @Test
  void policyOfAMebibyteIsRefusedWithAReason() throws Exception {
    apply("create", Manifests.policy("a-mebibyte", "v".repeat(MEBIBYTE)));
    try {
      Condition accepted = awaitJudged("a-mebibyte");

      assertThat(accepted.status()).isEqualTo(ConditionStatus.False);
      assertThat(accepted.reason()).isEqualTo("PolicyMalformed");
      assertThat(accepted.message()).contains("65536").hasSizeLessThan(512);
    } finally {
      delete("a-mebibyte");
    }
  }

  @Test
  void describeTellsTheStory() throws Exception {
    String broken = Manifests.policy("story", "v").replace("equals", "less");
    apply("apply", broken);
    assertThat(awaitJudged("story").status()).isEqualTo(ConditionStatus.False);
    apply("apply", broken.replace("less", "greater"));
    assertThat(awaitJudged("story").message()).contains("greater");
    apply("apply", Manifests.policy("story", "v"));
    assertThat(awaitJudged("story").status()).isEqualTo(ConditionStatus.True);
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(events("story"))
                      .extracting(Event::getType, Event::getReason)
                      .containsExactlyInAnyOrder(
                          tuple("Warning", "PolicyUnsupported"), tuple("Normal", "Ready")));

      String told =
          installation
              .kubectl()
              .require("describe", "releasepolicy", "story", "--namespace=default");

      assertThat(told).contains("AdmitsDebug", "anyOf[0]", "sha256:", "PolicyUnsupported");
      assertThat(columns("story")).containsExactly("story", "True", "Ready", "AdmitsDebug");
    } finally {
      delete("story");
    }
  }

  /** The cells of the wide table that do not depend on time or on the digest. */
  private static List<String> columns(String name) throws Exception {
    String table =
        installation.kubectl().require("get", "relpol", name, "--namespace=default", "-o", "wide");
    List<String> header =
        List.of(table.lines().findFirst().orElseThrow().strip().split("\\s+", -1));
    assertThat(header)
        .containsExactly("NAME", "READY", "REASON", "AGE", "PROFILE", "WARNING", "DIGEST");
    List<String> cells =
        List.of(table.lines().skip(1).findFirst().orElseThrow().strip().split("\\s+", -1));
    // The profile's cell is empty.
    return List.of(cells.get(0), cells.get(1), cells.get(2), cells.get(4));
  }

  private static void apply(String verb, String manifest) throws Exception {
    assertThat(installation.kubectl().runWithInput(manifest, verb, "-f", "-"))
        .satisfies(result -> assertThat(result.isSuccess()).as(result.stderr()).isTrue());
  }

  private static void delete(String name) throws Exception {
    installation.kubectl().require("delete", "releasepolicy", name, "--namespace=default");
  }

  /** The condition Accepted about the spec as it is now. */
  private static Condition awaitJudged(String name) {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(judged(name)).isPresent());
    return judged(name).orElseThrow();
  }

  private static Optional<Condition> judged(String name) {
    ReleasePolicy policy = policy(name);
    return Optional.ofNullable(policy.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), ConditionType.Accepted))
        .filter(c -> c.observedGeneration() == policy.getMetadata().getGeneration());
  }

  private static ReleasePolicyStatus status(String name) {
    return Objects.requireNonNull(policy(name).getStatus());
  }

  private static ReleasePolicy policy(String name) {
    return installation
        .admin()
        .resources(ReleasePolicy.class)
        .inNamespace("default")
        .withName(name)
        .get();
  }

  private static List<Event> events(String name) {
    return installation
        .admin()
        .v1()
        .events()
        .inNamespace("default")
        .withField("involvedObject.name", name)
        .list()
        .getItems();
  }
}
