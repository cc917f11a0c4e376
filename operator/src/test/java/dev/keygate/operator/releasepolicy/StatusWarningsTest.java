package dev.keygate.operator.releasepolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.api.v1alpha1.PolicyWarning;
import dev.keygate.policy.lint.LintCode;
import dev.keygate.policy.lint.LintWarning;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusWarningsTest {

  /** What the schema allows. */
  private static final int MOST = 64;

  @Test
  void keepsWhatThereIsRoomFor() {
    List<LintWarning> few = of(LintCode.AdmitsDebug, StatusWarnings.MOST_OF_ONE_CODE, "Debug.");

    assertThat(StatusWarnings.of(few))
        .hasSize(few.size())
        .extracting(PolicyWarning::message)
        .containsOnly("Debug.");
  }

  @Test
  void countsWhatThereIsNoRoomFor() {
    List<PolicyWarning> written = StatusWarnings.of(of(LintCode.AdmitsDebug, 60, "Debug."));

    assertThat(written).hasSize(StatusWarnings.MOST_OF_ONE_CODE);
    assertThat(written.getLast().message()).isEqualTo("Debug. (and at 55 more places)");
  }

  @Test
  void staysWithinTheSchemaWithEveryCodeAndTheLongestMessages() {
    String longest = "m".repeat(LintWarning.MAX_MESSAGE_LENGTH);
    List<LintWarning> all =
        Arrays.stream(LintCode.values()).flatMap(code -> of(code, 8000, longest).stream()).toList();

    assertThat(StatusWarnings.of(all))
        .hasSizeLessThanOrEqualTo(MOST)
        .allMatch(warning -> warning.message().length() <= LintWarning.MAX_MESSAGE_LENGTH);
  }

  @Test
  void saysNothingWithoutWarnings() {
    assertThat(StatusWarnings.of(List.of())).isEmpty();
    assertThat(StatusWarnings.summary(List.of())).isEmpty();
  }

  private static List<LintWarning> of(LintCode code, int count, String message) {
    return IntStream.range(0, count)
        .mapToObj(i -> new LintWarning(code, "anyOf[" + i + "]", message))
        .toList();
  }
}
