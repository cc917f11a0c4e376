package dev.keygate.scenarios.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoIT {

  @Test
  void releasesAKeyShowsThreeRefusalsAndRepairs() {
    StringWriter told = new StringWriter();

    int exitCode = new CommandLine(new DemoMain()).setOut(new PrintWriter(told)).execute();

    assertThat(exitCode).as(told.toString()).isZero();
    assertThat(told.toString())
        .contains("DebugAllowed", "AttestationRefused", "ReleaseDenied", "PolicyDenied")
        .contains("Nothing is left running.");
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void saysWhatItTakesWhenAskedWrongly() {
    StringWriter told = new StringWriter();

    int exitCode =
        new CommandLine(new DemoMain()).setErr(new PrintWriter(told)).execute("--no-such-option");

    assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(told.toString()).contains("--no-such-option", "Usage:");
  }
}
