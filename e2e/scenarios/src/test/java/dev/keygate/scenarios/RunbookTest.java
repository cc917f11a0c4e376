package dev.keygate.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.condition.ConditionReason;
import dev.keygate.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunbookTest {

  @Test
  void hasOneEntryForEveryReasonAndNoOther() throws IOException {
    List<String> headings;
    try (var lines = Files.lines(Checkout.root().resolve("docs/runbook.md"))) {
      headings =
          lines
              .filter(line -> line.startsWith("### "))
              .map(line -> line.substring("### ".length()))
              .toList();
    }

    assertThat(headings)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Reason.values()).map(Reason::name).toList());
  }

  @Test
  void hasOneRowForEveryConditionReasonThatIsNoFailure() throws IOException {
    List<String> rows;
    try (var lines = Files.lines(Checkout.root().resolve("docs/runbook.md"))) {
      rows =
          lines
              .filter(line -> line.startsWith("| `"))
              .map(line -> line.substring("| `".length(), line.indexOf('`', "| `".length())))
              .toList();
    }

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ConditionReason.values()).map(ConditionReason::name).toList());
  }
}
