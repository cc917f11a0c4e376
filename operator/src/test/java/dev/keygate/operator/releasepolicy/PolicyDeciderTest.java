package dev.keygate.operator.releasepolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keygate.api.v1alpha1.ReleasePolicySpec;
import dev.keygate.failure.Reason;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.lint.LintCode;
import dev.keygate.policy.lint.LintWarning;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDeciderTest {

  @Test
  void acceptsGrammarAsItIsWritten() {
    PolicyDecision decision =
        decide(
            "{grammar: {version: 1.0.0, anyOf: [{authority: 'https://a.weu.attest.azure.net/',"
                + " allOf: [{claim: c, equals: v}]}]}}");

    assertThat(decision)
        .asInstanceOf(type(PolicyDecision.Accept.class))
        .extracting(accept -> CanonicalWriter.write(accept.document()))
        .isEqualTo(
            "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a.weu.attest.azure.net\","
                + "\"allOf\":[{\"claim\":\"c\",\"equals\":\"v\"}]}]}");
  }

  @Test
  void expandsProfile() {
    PolicyDecision decision =
        decide(
            "{profile: {name: AksConfidentialVm, tees: [SevSnp], authorities: [{region:"
                + " westeurope}], secureBoot: Required}}");

    assertThat(decision).isInstanceOf(PolicyDecision.Accept.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                     | PolicyMalformed   | spec
          {grammar: {anyOf: []}}                                                 | PolicyMalformed   | spec.grammar.anyOf
          {grammar: {version: 9.9.9, anyOf: [{authority: a, allOf: [{claim: c, equals: v}]}]}} | PolicyMalformed | spec.grammar.version
          {grammar: {anyOf: [{authority: a}]}}                                   | PolicyMalformed   | spec.grammar.anyOf[0]
          {grammar: {anyOf: [{authority: a, allOf: [{claim: c}]}]}}              | PolicyMalformed   | spec.grammar.anyOf[0].allOf[0]
          {grammar: {anyOf: [{authority: a, allOf: [{claim: c, equals: [v]}]}]}} | PolicyMalformed   | spec.grammar.anyOf[0].allOf[0].equals
          {grammar: {anyOf: [{authority: a, allOf: [{claim: c, less: 3}]}]}}     | PolicyUnsupported | anyOf[0].allOf[0]
          {profile: {name: AksConfidentialVm, tees: [SevSnp], authorities: [{region: atlantis}]}} | PolicyMalformed | spec.profile.authorities[0].region
          """)
  void rejectsWithThePathOfWhatIsWrong(String spec, Reason reason, String path) {
    assertThat(decide(spec))
        .asInstanceOf(type(PolicyDecision.Reject.class))
        .extracting(PolicyDecision.Reject::cause)
        .satisfies(cause -> assertThat(cause.reason()).isEqualTo(reason))
        .satisfies(cause -> assertThat(cause).hasMessageContaining(path));
  }

  @Test
  void warnsOfAPolicyWhetherOrNotItIsAccepted() {
    String branch = "{authority: 'https://mine.weu.attest.azure.net', allOf: [{claim: c, %s: 1}]}";

    PolicyDecision accepted = decide("{grammar: {anyOf: [" + branch.formatted("equals") + "]}}");
    PolicyDecision rejected = decide("{grammar: {anyOf: [" + branch.formatted("less") + "]}}");

    assertThat(accepted).isInstanceOf(PolicyDecision.Accept.class);
    assertThat(accepted.warnings())
        .extracting(LintWarning::code)
        .containsExactly(LintCode.AdmitsDebug, LintCode.UnpinnedProviderPolicy);
    assertThat(rejected).isInstanceOf(PolicyDecision.Reject.class);
    assertThat(rejected.warnings())
        .extracting(LintWarning::code)
        .containsExactly(
            LintCode.AdmitsDebug, LintCode.UnsupportedOperator, LintCode.UnpinnedProviderPolicy);
  }

  @Test
  void warnsOfNothingThatItCannotRead() {
    assertThat(decide("{grammar: {anyOf: []}}").warnings()).isEmpty();
  }

  private static PolicyDecision decide(String spec) {
    return PolicyDecider.decide(
        new PolicyObservation(Serialization.unmarshal("---\n" + spec, ReleasePolicySpec.class)));
  }
}
