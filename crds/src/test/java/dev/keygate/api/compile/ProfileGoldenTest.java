package dev.keygate.api.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.api.v1alpha1.Profile;
import dev.keygate.api.v1alpha1.ReleasePolicySpec;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.CanonicalWriter;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What profiles become: {@code in-profile.yaml} of a case expands to {@code out-policy.json}, or is
 * refused with the sentence in {@code out-refusal.txt}. After a change, write the files anew with
 *
 * <pre>mvn -pl crds -am test -Dtest=ProfileGoldenTest -Dkeygate.golden.update=true \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class ProfileGoldenTest {

  private static final Path CASES = Path.of("src", "test", "resources", "profiles");
  private static final String POLICY = "out-policy.json";
  private static final String REFUSAL = "out-refusal.txt";

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  static List<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void becomesThePolicyOfItsCase(Path folder) throws IOException {
    Map<String, String> outcome = outcome(folder);
    if (Boolean.getBoolean("keygate.golden.update")) {
      rewrite(folder, outcome);
    }

    assertThat(golden(folder)).isEqualTo(outcome);
    assertThat(outcome.containsKey(REFUSAL))
        .isEqualTo(String.valueOf(folder.getFileName()).startsWith("refused-"));
  }

  private Map<String, String> outcome(Path folder) throws IOException {
    Profile profile =
        serialization.unmarshal(Files.readString(folder.resolve("in-profile.yaml")), Profile.class);
    try {
      String policy =
          CanonicalWriter.write(PolicyCompiler.compile(new ReleasePolicySpec(null, profile)));
      return Map.of(POLICY, new ObjectMapper().readTree(policy).toPrettyString() + "\n");
    } catch (RefusedException e) {
      return Map.of(REFUSAL, e.reason() + ": " + e.getMessage() + "\n");
    }
  }

  private static Map<String, String> golden(Path folder) throws IOException {
    Path policy = folder.resolve(POLICY);
    Path refusal = folder.resolve(REFUSAL);
    return Files.exists(policy)
        ? Map.of(POLICY, Files.readString(policy))
        : Map.of(REFUSAL, Files.readString(refusal));
  }

  private static void rewrite(Path folder, Map<String, String> outcome) throws IOException {
    Files.deleteIfExists(folder.resolve(POLICY));
    Files.deleteIfExists(folder.resolve(REFUSAL));
    for (Map.Entry<String, String> file : outcome.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
