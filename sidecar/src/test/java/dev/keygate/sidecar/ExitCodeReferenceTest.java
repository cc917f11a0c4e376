package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.failure.Reason;
import dev.keygate.sidecar.reference.ReferencePage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** docs/reference/sidecar-exit-codes.md says what the commands' help and the code say. */
class ExitCodeReferenceTest {

  private static final String HEAD =
      """
      # Exit codes of the sidecar

      Generated from `ExitCode` and from what each failure leads to; a test compares them. The last line on standard error, and the
      container's termination message, is one sentence that begins with the reason. A process that is told to end by a signal
      ends with 128 and the signal's number.

      | code | meaning | reasons |
      |---|---|---|
      """;

  @Test
  void isGenerated() throws Exception {
    CommandLine command = Sidecar.commandLine(TerminationMessage.OF_KUBELET);
    Map<String, String> help = command.getCommandSpec().usageMessage().exitCodeList();
    StringBuilder text = new StringBuilder(HEAD);
    for (ExitCode code : ExitCode.values()) {
      String meaning = help.getOrDefault(Integer.toString(code.status()), "");
      assertThat(meaning).as(code.name()).isNotEmpty();
      text.append("| %d | %s | %s |%n".formatted(code.status(), meaning, reasons(code)));
    }

    new ReferencePage("sidecar-exit-codes.md").isGenerated(text.toString());
  }

  @Test
  void isSaidByEveryCommand() {
    CommandLine command = Sidecar.commandLine(TerminationMessage.OF_KUBELET);

    assertThat(command.getSubcommands().values())
        .isNotEmpty()
        .allSatisfy(
            subcommand ->
                assertThat(subcommand.getCommandSpec().usageMessage().exitCodeList().keySet())
                    .isEqualTo(command.getCommandSpec().usageMessage().exitCodeList().keySet()));
  }

  private static String reasons(ExitCode code) {
    return Arrays.stream(Reason.values())
        .filter(reason -> ExitCode.of(reason) == code)
        .map(reason -> "[%s](../runbook.md#%s)".formatted(reason, anchor(reason)))
        .collect(Collectors.joining(", "));
  }

  private static String anchor(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
