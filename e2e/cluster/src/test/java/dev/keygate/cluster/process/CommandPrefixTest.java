package dev.keygate.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandPrefixTest {

  private static final ChildCommand SERVER =
      new ChildCommand("server", List.of("serve", "-v"), Map.of("A", "b"), Path.of("/tmp/log"));

  @Test
  void childKeepsItsNameEnvironmentAndLog() {
    CommandPrefix entering = new CommandPrefix(List.of("nsenter", "--net", "--"));

    assertThat(entering.before(SERVER))
        .isEqualTo(
            new ChildCommand(
                "server",
                List.of("nsenter", "--net", "--", "serve", "-v"),
                Map.of("A", "b"),
                Path.of("/tmp/log")));
  }

  @Test
  void noPrefixChangesNothing() {
    assertThat(CommandPrefix.none().before(SERVER)).isEqualTo(SERVER);
    assertThat(CommandPrefix.none().before(List.of("a", "b"))).containsExactly("a", "b");
  }
}
