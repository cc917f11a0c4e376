package dev.keygate.scenarios.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A few of what {@code ./keygate model --real} plays. */
class SequencesIT {

  @Test
  void keysAreAsTheirSpecsSayWhateverHappensToRealProcesses() {
    StringWriter told = new StringWriter();

    int exitCode =
        new CommandLine(new SequencesMain())
            .setOut(new PrintWriter(told))
            .execute("--real=2", "--seed=1");

    assertThat(exitCode).as(told.toString()).isZero();
    assertThat(told.toString()).contains("2 sequences, from seed 1 on");
  }
}
