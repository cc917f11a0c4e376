package dev.keygate.api.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.api.v1alpha1.Grammar;
import dev.keygate.api.v1alpha1.GrammarAuthority;
import dev.keygate.api.v1alpha1.GrammarCondition;
import dev.keygate.api.v1alpha1.Profile;
import dev.keygate.api.v1alpha1.ProfileAuthority;
import dev.keygate.api.v1alpha1.ProfileName;
import dev.keygate.api.v1alpha1.ProfileSecureBoot;
import dev.keygate.api.v1alpha1.ProfileTee;
import dev.keygate.api.v1alpha1.ReleasePolicy;
import dev.keygate.api.v1alpha1.ReleasePolicySpec;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.ReleasePolicyDocument;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCompilerTest {

  private static final Path MANIFESTS =
      Path.of("src", "test", "resources", "manifests", "releasepolicy");

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "valid-grammar",
        "valid-scalars-of-every-type",
        "valid-nested-to-depth-four",
        "valid-profile"
      })
  void compilesWhatTheApiServerAdmits(String name) throws Exception {
    assertThat(PolicyCompiler.compile(spec(name)).anyOf()).isNotEmpty();
  }

  @Test
  void keepsTheTypesOfComparisonValues() throws Exception {
    ReleasePolicyDocument policy = PolicyCompiler.compile(spec("valid-scalars-of-every-type"));

    assertThat(CanonicalWriter.write(policy))
        .contains("\"equals\":0}", "\"equals\":false}", "\"equals\":\"1.0\"}", "\"equals\":1.5}");
  }

  @Test
  void expandsRegionsAndEndpoints() throws Exception {
    assertThat(PolicyCompiler.compile(spec("valid-profile")).anyOf())
        .extracting(branch -> branch.authority().name())
        .containsExactly(
            "https://sharedweu.weu.attest.azure.net", "https://mine.weu.attest.azure.net");
  }

  @Test
  void refusesOperatorsThatKeyVaultDoesNotEvaluate() throws IOException {
    ReleasePolicySpec spec = spec("valid-operators-of-the-grammar");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> PolicyCompiler.compile(spec))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PolicyUnsupported));
  }

  @ParameterizedTest
  @MethodSource
  void refusesWhatTheSchemaLeavesOpen(ReleasePolicySpec spec) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> PolicyCompiler.compile(spec))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PolicyMalformed));
  }

  static Stream<ReleasePolicySpec> refusesWhatTheSchemaLeavesOpen() {
    return Stream.of(
        new ReleasePolicySpec(null, null),
        grammar(GrammarCondition.claimEquals("c", Map.of("x", 1))),
        grammar(GrammarCondition.claimEquals("c", List.of("x"))),
        grammar(GrammarCondition.claimEquals("a..b", 1)),
        grammar(new GrammarCondition("c", 1, 2, null, null, null, null, null, null, null)),
        grammar(new GrammarCondition(null, null, null, null, null, null, null, null, null, null)),
        profile(ProfileAuthority.ofRegion("atlantis")),
        profile(new ProfileAuthority(null, null, null, Map.of())),
        profile(
            new ProfileAuthority(
                "westeurope", "https://mine.weu.attest.azure.net", null, Map.of())),
        profile(ProfileAuthority.ofEndpoint("https://mine.example.com")));
  }

  private static ReleasePolicySpec grammar(GrammarCondition condition) {
    return new ReleasePolicySpec(
        new Grammar("1.0.0", List.of(new GrammarAuthority("https://a", List.of(condition), null))),
        null);
  }

  private static ReleasePolicySpec profile(ProfileAuthority authority) {
    return new ReleasePolicySpec(
        null,
        new Profile(
            ProfileName.AksConfidentialVm,
            List.of(ProfileTee.SevSnp),
            List.of(authority),
            ProfileSecureBoot.Required,
            List.of(),
            List.of(),
            List.of(),
            Map.of()));
  }

  private ReleasePolicySpec spec(String name) throws IOException {
    return serialization
        .unmarshal(Files.readString(MANIFESTS.resolve(name + ".yaml")), ReleasePolicy.class)
        .getSpec();
  }
}
