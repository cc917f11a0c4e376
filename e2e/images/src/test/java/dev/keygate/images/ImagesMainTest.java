package dev.keygate.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ImagesMainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void explainsItself() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("--base", "--to", "--no-aot", "--out", "--k8s-bin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--base=absent.tar", "--base=scratch+/absent", "--base=", "--frob", "x"})
  void wrongUsageIsExitCodeTwo(String argument) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isNotBlank();
  }

  private int run(String... arguments) {
    return new CommandLine(new ImagesMain())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
