package dev.keygate.policy;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random policies, small enough to read. */
final class PolicyArbitraries {

  private PolicyArbitraries() {}

  static Arbitrary<ReleasePolicyDocument> documents() {
    return branches().list().ofMinSize(1).ofMaxSize(4).map(ReleasePolicyDocument::new);
  }

  private static Arbitrary<AuthorityBranch> branches() {
    return Combinators.combine(
            Arbitraries.of(
                "https://sharedweu.weu.attest.azure.net",
                "https://mine.neu.attest.azure.net",
                "my.attestation.com",
                "\"quoted\" \\ \u0001"),
            Arbitraries.of(Junction.class),
            lists(conditions(1)))
        .as((name, junction, list) -> new AuthorityBranch(new Authority(name), junction, list));
  }

  private static Arbitrary<Condition> conditions(int depth) {
    Arbitrary<Condition> claims = claims();
    if (depth == PolicyLimits.MAX_DEPTH) {
      return claims;
    }
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, claims),
        net.jqwik.api.Tuple.of(
            1, Arbitraries.lazy(() -> lists(conditions(depth + 1)).map(AnyOf::new))),
        net.jqwik.api.Tuple.of(
            1, Arbitraries.lazy(() -> lists(conditions(depth + 1)).map(AllOf::new))));
  }

  private static Arbitrary<List<Condition>> lists(Arbitrary<Condition> conditions) {
    return conditions.list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<Condition> claims() {
    return Combinators.combine(
            Arbitraries.of("a", "a.b", "x-ms-isolation-tee.x-ms-attestation-type", "é \"q\""),
            Arbitraries.of(Operator.class),
            values())
        .as((claim, operator, value) -> new ClaimCondition(new ClaimName(claim), operator, value));
  }

  private static Arbitrary<ScalarValue> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ascii().ofMaxLength(6).map(ScalarValue.Text::new),
        Arbitraries.of(true, false).map(ScalarValue.Truth::new),
        Arbitraries.of("0", "1.50", "-7", "1e5", "1e-9", "1e300", "12345678901234567890")
            .map(number -> new ScalarValue.Numeric(new BigDecimal(number))));
  }
}
