package dev.keygate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.policy.evaluation.Claims;
import dev.keygate.policy.evaluation.ClaimsFormatException;
import dev.keygate.policy.evaluation.Evaluation;
import dev.keygate.policy.evaluation.PolicyEvaluator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class PolicyTextProperties {

  @Property(tries = 300)
  void parsingTheCanonicalTextGivesThePolicyBack(@ForAll("documents") ReleasePolicyDocument policy)
      throws PolicySyntaxException {
    assertThat(PolicyParser.parse(CanonicalWriter.write(policy))).isEqualTo(policy);
  }

  @Property(tries = 200)
  void equalityIsReflexiveAndIgnoresOrderAndRepetition(
      @ForAll("documents") ReleasePolicyDocument policy, @ForAll long seed) {
    ReleasePolicyDocument shuffled = shuffle(policy, new Random(seed));

    assertThat(SemanticEquality.equal(policy, policy)).isTrue();
    assertThat(SemanticEquality.equal(policy, shuffled)).isTrue();
    assertThat(SemanticEquality.equal(shuffled, policy)).isTrue();
  }

  @Property(tries = 200)
  void equalPoliciesDecideTheSame(
      @ForAll("documents") ReleasePolicyDocument policy,
      @ForAll("claims") String claims,
      @ForAll long seed)
      throws ClaimsFormatException {
    ReleasePolicyDocument equal = shuffle(policy, new Random(seed));

    assertThat(admits(equal, claims)).isEqualTo(admits(policy, claims));
  }

  @Property(tries = 500)
  void parserThrowsNothingElseForAnyText(@ForAll @StringLength(max = 80) String text) {
    parseAnything(text);
  }

  @Property(tries = 500)
  void parserThrowsNothingElseForDamagedPolicies(
      @ForAll("documents") ReleasePolicyDocument policy, @ForAll long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(CanonicalWriter.write(policy));
    for (int i = 0; i < 3; i++) {
      text.setCharAt(random.nextInt(text.length()), "{}[]\",:ae1\\ ".charAt(random.nextInt(12)));
    }
    parseAnything(text.toString());
  }

  @Provide
  Arbitrary<ReleasePolicyDocument> documents() {
    return Arbitraries.lazy(PolicyArbitraries::documents);
  }

  @Provide
  Arbitrary<String> claims() {
    Arbitrary<String> scalars = Arbitraries.of("true", "\"0\"", "1.5", "100000", "\"\"");
    return Combinators.combine(scalars, scalars, scalars)
        .as(
            (flat, nested, type) ->
                "{\"iss\":\"https://mine.neu.attest.azure.net\",\"é \\\"q\\\"\":"
                    + flat
                    + ",\"a\":{\"b\":"
                    + nested
                    + "},\"x-ms-isolation-tee\":{\"x-ms-attestation-type\":"
                    + type
                    + "}}");
  }

  private static boolean admits(ReleasePolicyDocument policy, String claims)
      throws ClaimsFormatException {
    return PolicyEvaluator.evaluate(policy, Claims.parse(claims)) instanceof Evaluation.Admitted;
  }

  private static void parseAnything(String text) {
    try {
      assertThat(PolicyParser.parse(text).anyOf()).isNotEmpty();
    } catch (PolicySyntaxException e) {
      assertThat(e.position().line()).isPositive();
      assertThat(e.expected()).isNotEmpty();
      assertThat(e.found()).isNotEmpty();
    }
  }

  private static ReleasePolicyDocument shuffle(ReleasePolicyDocument policy, Random random) {
    List<AuthorityBranch> branches = new ArrayList<>();
    for (AuthorityBranch branch : policy.anyOf()) {
      Authority authority = new Authority(branch.authority().name() + "/");
      branches.add(
          new AuthorityBranch(authority, branch.junction(), shuffle(branch.conditions(), random)));
      branches.add(branch);
    }
    Collections.shuffle(branches, random);
    return new ReleasePolicyDocument(branches);
  }

  private static List<Condition> shuffle(List<Condition> conditions, Random random) {
    List<Condition> shuffled = new ArrayList<>();
    for (Condition condition : conditions) {
      shuffled.add(
          switch (condition) {
            case ClaimCondition claim ->
                new ClaimCondition(
                    claim.claim(), claim.operator(), new ScalarValue.Text(claim.value().text()));
            case AnyOf anyOf -> new AnyOf(shuffle(anyOf.conditions(), random));
            case AllOf allOf -> new AllOf(shuffle(allOf.conditions(), random));
          });
    }
    shuffled.addAll(conditions);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
