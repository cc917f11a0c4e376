package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What whoever starts a lab is told. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class LabGreetingTest {

  private static final Path SCRIPT = Path.of("..", "..", "keygate");

  @TempDir private static Path folder;
  private static SharedLab shared;

  @BeforeAll
  static void start() throws IOException {
    shared = new SharedLab(folder);
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @Test
  void namesEveryEndpointAndTheTrustRoot() {
    StringWriter text = new StringWriter();

    LabGreeting.print(shared.lab, new PrintWriter(text));

    assertThat(text.toString())
        .contains(shared.lab.adminUrl(), shared.lab.trustFolder().toString())
        .contains(shared.lab.authorities())
        .contains(shared.lab.vaultUrl("contoso"))
        .contains(shared.lab.machines().stream().map(LabMachine::imdsUrl).toList());
  }

  @Test
  void givesThreeCommandsThatWorkAsTheyStand() throws Exception {
    List<String> commands = LabGreeting.commands(shared.lab);

    assertThat(commands).hasSize(3);
    assertThat(run(commands.get(0)).path("vcekCert").asText()).startsWith("-----BEGIN");
    assertThat(run(commands.get(1)).at("/key/kid").asText())
        .startsWith(shared.lab.vaultUrl("contoso") + "/keys/first/");
    assertThat(run(commands.get(2)).isArray()).isTrue();
  }

  @Test
  void hasEveryOptionInTheHelpOfTheScript() throws IOException {
    String script = Files.readString(SCRIPT);
    String help = script.substring(script.indexOf("help_lab()"), script.indexOf("help_images()"));

    assertThat(new CommandLine(new LabMain()).getCommandSpec().options())
        .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
        .extracting(OptionSpec::longestName)
        .isNotEmpty()
        .allMatch(name -> help.contains(name + " "));
  }

  private static JsonNode run(String command) throws Exception {
    Path answer = folder.resolve("answer");
    Process shell =
        new ProcessBuilder("bash", "-c", command).redirectOutput(answer.toFile()).start();
    try {
      assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(shell.exitValue()).as(command).isZero();
      return new JsonMapper().readTree(Files.readString(answer));
    } finally {
      shell.destroyForcibly();
    }
  }
}
