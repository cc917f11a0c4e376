package dev.keygate.operator.exportablekey;

import static dev.keygate.operator.exportablekey.VersionNotation.hour;
import static dev.keygate.operator.exportablekey.VersionNotation.id;
import static dev.keygate.operator.exportablekey.VersionNotation.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.condition.ConditionReason;
import dev.keygate.operator.event.Transition;
import dev.keygate.operator.event.Transition.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotationNoticeTest {

  private static final String ROTATED = "b:Current:10:- a:Overlap:0:10";

  @Test
  void tellsWhichVersionIsCurrentAndUntilWhenTheEarlierOneIsServed() {
    assertThat(notice(id("a"), ROTATED, List.of()))
        .hasValueSatisfying(
            told -> {
              assertThat(told.severity()).isEqualTo(Severity.Normal);
              assertThat(told.reason()).isEqualTo(ConditionReason.Rotated.name());
              assertThat(told.message()).contains(id("a"), id("b"), hour(34).toString());
            });
  }

  @Test
  void namesNoEndForAnEarlierVersionThatIsNotServed() {
    assertThat(notice(id("a"), "b:Current:10:- a:Retired:0:10", List.of()))
        .hasValueSatisfying(
            told -> assertThat(told.message()).contains(id("a")).doesNotContain("until"));
  }

  @Test
  void warnsOfVersionsThatGiveWay() {
    assertThat(notice(id("b"), ROTATED, List.of(id("c"))))
        .hasValueSatisfying(
            told -> {
              assertThat(told.severity()).isEqualTo(Severity.Warning);
              assertThat(told.message()).contains(id("c")).doesNotContain(id("a"));
            });
  }

  @Test
  void tellsNothingOfAKeyThatWasNeverSeenBefore() {
    assertThat(notice(null, ROTATED, List.of())).isEmpty();
  }

  @Test
  void tellsNothingTwice() {
    assertThat(notice(id("b"), ROTATED, List.of())).isEmpty();
  }

  private static Optional<Transition> notice(
      @Nullable String earlier, String after, List<String> cutShort) {
    return RotationNotice.of(
        earlier, new KeyVersions(statuses(after), Optional.empty(), cutShort), Duration.ofDays(1));
  }
}
