package dev.keygate.operator.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The folder's name is the case's: {@code in-pod.yaml} gives {@code out-pod.yaml}, or {@code
 * out-refusal.txt}, or is let through where there is neither. With {@code
 * -Dkeygate.golden.update=true} the outcomes are written instead of compared.
 */
class InjectionGoldenTest {

  private static final boolean UPDATE = Boolean.getBoolean("keygate.golden.update");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<InjectionCase> cases() throws IOException {
    return InjectionCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatTheCaseExpects(InjectionCase given) throws Exception {
    switch (given.decide(given.pod())) {
      case InjectionDecision.NotAsked _ -> compare(given, "", "");
      case InjectionDecision.AlreadyInjected _ -> compare(given, yaml(given.pod()), "");
      case InjectionDecision.Inject inject ->
          compare(given, yaml(InjectionCase.apply(inject.patch(), given.pod())), "");
      case InjectionDecision.Refuse refuse ->
          compare(given, "", refuse.reason() + ": " + refuse.sentence() + "\n");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void changesNothingTheSecondTime(InjectionCase given) throws Exception {
    if (given.decide(given.pod()) instanceof InjectionDecision.Inject inject) {
      JsonNode injected = InjectionCase.apply(inject.patch(), given.pod());

      assertThat(given.decide(injected)).isInstanceOf(InjectionDecision.AlreadyInjected.class);
    }
  }

  @Test
  void hasACaseForEveryRefusalThatIsDecided() throws Exception {
    Set<InjectionRefusal> missing = EnumSet.allOf(InjectionRefusal.class);
    // The first is found by looking, not by deciding; the kind's own rules keep the second out.
    missing.removeAll(Set.of(InjectionRefusal.LookupFailed, InjectionRefusal.KeyAddressInvalid));
    for (InjectionCase given : cases()) {
      if (given.decide(given.pod()) instanceof InjectionDecision.Refuse refuse) {
        missing.remove(refuse.reason());
      }
    }

    assertThat(missing).isEmpty();
  }

  private static void compare(InjectionCase given, String pod, String refusal) throws IOException {
    compare(given.expectedPod(), pod);
    compare(given.expectedRefusal(), refusal);
  }

  private static void compare(Path file, String actual) throws IOException {
    if (UPDATE) {
      Files.deleteIfExists(file);
      if (!actual.isEmpty()) {
        Files.writeString(file, actual);
      }
    }
    assertThat(actual).isEqualTo(Files.exists(file) ? Files.readString(file) : "");
  }

  private static String yaml(JsonNode pod) {
    return Serialization.asYaml(JSON.convertValue(pod, Map.class));
  }
}
