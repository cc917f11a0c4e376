package dev.keygate.operator.injection.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.failure.RefusedException;
import dev.keygate.operator.config.InjectionSettings;
import dev.keygate.operator.injection.WrittenSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  static Stream<Arguments> malformed() {
    return Stream.of(
        edit("another version", r -> r.put("apiVersion", "admission.k8s.io/v1beta1")),
        edit("another kind", r -> r.put("kind", "ConversionReview")),
        edit("no request", r -> r.remove("request")),
        edit("request is text", r -> r.put("request", "CREATE")),
        edit("no uid", r -> Reviews.request(r).remove("uid")),
        edit("uid is a number", r -> Reviews.request(r).put("uid", 7)),
        edit("an update", r -> Reviews.request(r).put("operation", "UPDATE")),
        edit("no namespace", r -> Reviews.request(r).put("namespace", "")),
        edit("a subresource", r -> Reviews.request(r).put("subResource", "ephemeralcontainers")),
        edit("not a pod", r -> kind(r).put("kind", "Secret")),
        edit("a pod of another group", r -> kind(r).put("group", "metrics.k8s.io")),
        edit("no object", r -> Reviews.request(r).remove("object")),
        edit("object is null", r -> Reviews.request(r).set("object", NullNode.instance)),
        edit("object is a list", r -> Reviews.request(r).putArray("object")),
        edit("no metadata", r -> object(r).remove("metadata")),
        edit("no spec", r -> object(r).remove("spec")),
        edit("containers is text", r -> spec(r).put("containers", "app")),
        edit("a container is null", r -> spec(r).putArray("containers").addNull()),
        edit("a container is a number", r -> spec(r).putArray("containers").add(1)),
        edit("labels is text", r -> metadata(r).put("labels", "inject")),
        edit("hostNetwork is text", r -> spec(r).put("hostNetwork", "maybe")),
        edit(
            "a quantity is text",
            r ->
                spec(r)
                    .withArray("containers")
                    .addObject()
                    .putObject("resources")
                    .putObject("limits")
                    .put("cpu", "a lot")),
        edit(
            "a size is text",
            r ->
                spec(r)
                    .withArray("volumes")
                    .addObject()
                    .putObject("emptyDir")
                    .put("sizeLimit", "big")));
  }

  static List<Path> casesOfShippedSettings() throws IOException {
    try (Stream<Path> folders = Files.list(Reviews.CASES)) {
      return folders
          .filter(folder -> !Files.exists(folder.resolve("in-settings.properties")))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesMalformedReview(Consumer<ObjectNode> edit) throws Exception {
    ObjectNode review = Reviews.of("bare-pod");
    edit.accept(review);

    assertThatThrownBy(() -> admission(FixedObjects.full()).review(Reviews.bytes(review)))
        .isInstanceOf(MalformedReviewException.class);
    assertThat(count("Malformed", "None")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "{", "kind: AdmissionReview", "{\"a\":1,\"a\":2}", "{}{}"})
  void refusesWhatIsNoReview(String body) {
    assertThatThrownBy(
            () -> admission(FixedObjects.full()).review(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedReviewException.class);
  }

  @Test
  void refusesDeepNesting() {
    String body = "{\"request\":" + "[".repeat(5000) + "]".repeat(5000) + "}";

    assertThatThrownBy(
            () -> admission(FixedObjects.full()).review(body.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedReviewException.class);
  }

  /** Whatever a byte is changed to, there is an answer or the one exception. */
  @Test
  void throwsNothingElseForAnyBytes() throws Exception {
    Random random = new Random(20260101);
    Admission admission = admission(FixedObjects.full());
    int refused = 0;
    byte[] review = Reviews.bytes(Reviews.of("injected-already-and-completed-by-the-server"));
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = review.clone();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(32, 127);
      }
      try {
        assertThat(admission.review(damaged)).isNotEmpty();
      } catch (MalformedReviewException expected) {
        refused++;
      }
    }
    // Most damage is to a text that may be any text.
    assertThat(refused).isBetween(300, 2700);
  }

  @Test
  void answersWithAPatchUnderTheRequestsUid() throws Exception {
    JsonNode answer = review(admission(FixedObjects.full()), Reviews.of("bare-pod"));

    assertThat(answer.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
    assertThat(answer.path("kind").asText()).isEqualTo("AdmissionReview");
    assertThat(answer.at("/response/uid").asText())
        .isEqualTo("705ab4f5-6393-11e8-b7cc-42010a800002");
    assertThat(answer.at("/response/allowed").asBoolean()).isTrue();
    assertThat(answer.at("/response/patchType").asText()).isEqualTo("JSONPatch");
    assertThat(Reviews.JSON.readTree(answer.at("/response/patch").binaryValue()).size())
        .isGreaterThan(5);
    assertThat(count("Injected", "None")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "no-label, NotAsked",
    "label-is-not-true, NotAsked",
    "injected-already, AlreadyInjected"
  })
  void letsThroughUnchanged(String injectionCase, String outcome) throws Exception {
    JsonNode answer = review(admission(FixedObjects.full()), Reviews.of(injectionCase));

    assertThat(answer.at("/response/allowed").asBoolean()).isTrue();
    assertThat(answer.at("/response/patch").isMissingNode()).isTrue();
    assertThat(count(outcome, "None")).isEqualTo(1);
  }

  /** What the golden files say holds for the bytes too, whatever fields a pod has. */
  @ParameterizedTest
  @MethodSource("casesOfShippedSettings")
  void admitsWhatIsNotRefused(Path folder) throws Exception {
    JsonNode answer =
        review(admission(FixedObjects.full()), Reviews.of(String.valueOf(folder.getFileName())));

    assertThat(answer.at("/response/allowed").asBoolean())
        .isNotEqualTo(Files.exists(folder.resolve("out-refusal.txt")));
  }

  @Test
  void leavesItsOwnNamespaceAlone() throws Exception {
    ObjectNode review = Reviews.of("host-network");
    Reviews.request(review).put("namespace", "keygate-system");
    FixedObjects objects = FixedObjects.down();

    JsonNode answer = review(admission(objects), review);

    assertThat(answer.at("/response/allowed").asBoolean()).isTrue();
    assertThat(answer.at("/response/patch").isMissingNode()).isTrue();
    assertThat(objects.questions()).isZero();
  }

  @Test
  void refusesWithReasonAndSentence() throws Exception {
    JsonNode answer = review(admission(FixedObjects.full()), Reviews.of("key-unknown"));

    assertThat(answer.at("/response/allowed").asBoolean(true)).isFalse();
    assertThat(answer.at("/response/status/code").asInt()).isEqualTo(403);
    assertThat(answer.at("/response/status/reason").asText()).isEqualTo("KeyUnknown");
    assertThat(answer.at("/response/status/message").asText())
        .contains("'ordres'")
        .endsWith("(KeyUnknown)");
    assertThat(answer.at("/response/patch").isMissingNode()).isTrue();
    assertThat(count("Refused", "KeyUnknown")).isEqualTo(1);
  }

  @Test
  void looksAgainBeforeItRefuses() throws Exception {
    FixedObjects live = FixedObjects.full();
    Admission admission = admission(FixedObjects.empty(), live);

    JsonNode answer = review(admission, Reviews.of("bare-pod"));

    assertThat(answer.at("/response/allowed").asBoolean()).isTrue();
    assertThat(live.questions()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare-pod", "host-network", "key-of-another-namespace", "keys-empty"})
  void asksTheApiServerOnlyForWhatMayBeBehind(String injectionCase) throws Exception {
    FixedObjects live = FixedObjects.full();

    review(admission(FixedObjects.full(), live), Reviews.of(injectionCase));

    assertThat(live.questions()).isZero();
  }

  @Test
  void refusesWhenItCannotLookAgain() throws Exception {
    Admission admission = admission(FixedObjects.empty(), FixedObjects.down());

    JsonNode answer = review(admission, Reviews.of("bare-pod"));

    assertThat(answer.at("/response/allowed").asBoolean(true)).isFalse();
    assertThat(answer.at("/response/status/code").asInt()).isEqualTo(503);
    assertThat(answer.at("/response/status/reason").asText()).isEqualTo("LookupFailed");
  }

  @Test
  void refusesPodWithoutContainersLikeAnyOther() throws Exception {
    ObjectNode review = Reviews.of("bare-pod");
    spec(review).set("containers", NullNode.instance);

    JsonNode answer = review(admission(FixedObjects.full()), review);

    assertThat(answer.at("/response/status/reason").asText()).isEqualTo("KeysMissing");
  }

  private static JsonNode review(Admission admission, JsonNode review) throws Exception {
    return Reviews.JSON.readTree(admission.review(Reviews.bytes(review)));
  }

  private Admission admission(FixedObjects objects) {
    return admission(objects, objects);
  }

  private Admission admission(FixedObjects seen, FixedObjects live) {
    return new Admission(seen, live, settings(), new AdmissionRecord(metrics));
  }

  private static InjectionSettings settings() {
    try {
      return WrittenSettings.with(Map.of());
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }

  private double count(String outcome, String reason) {
    return metrics.counter("keygate.admissions", "outcome", outcome, "reason", reason).count();
  }

  private static Arguments edit(String defect, Consumer<ObjectNode> edit) {
    return argumentSet(defect, edit);
  }

  private static ObjectNode kind(ObjectNode review) {
    return (ObjectNode) Reviews.request(review).get("kind");
  }

  private static ObjectNode object(ObjectNode review) {
    return (ObjectNode) Reviews.request(review).get("object");
  }

  private static ObjectNode metadata(ObjectNode review) {
    return (ObjectNode) object(review).get("metadata");
  }

  private static ObjectNode spec(ObjectNode review) {
    return (ObjectNode) object(review).get("spec");
  }
}
