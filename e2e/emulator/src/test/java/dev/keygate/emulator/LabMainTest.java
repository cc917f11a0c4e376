package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LabMainTest {

  private static final String NAME = "keygate-lab: ";

  private final StringWriter err = new StringWriter();

  @Test
  void asksForItsFolder() {
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void refusesPortThatIsNoNumber(@TempDir Path folder) {
    assertThat(run("--dir", folder.toString(), "--proxy-port", "many")).isEqualTo(2);
  }

  @Test
  void refusesDescriptionThatIsNone(@TempDir Path folder) throws IOException {
    Path description = Files.writeString(folder.resolve("lab.yaml"), "tenant: contoso");

    assertThat(run("--dir", folder.toString(), "--description", description.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).startsWith(NAME).hasLineCount(1);
  }

  @Test
  void refusesDescriptionThatIsNotThere(@TempDir Path folder) {
    assertThat(run("--dir", folder.toString(), "--description", folder + "/absent")).isEqualTo(2);
    assertThat(err.toString()).startsWith(NAME).hasLineCount(1);
  }

  @Test
  void refusesFolderWhosePathIsTooLongForSockets(@TempDir Path folder) {
    assertThat(run("--dir", folder.resolve("x".repeat(80)).toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith(NAME).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "0.0.0.0", "::", "10.244.0.1:80", "bridge"})
  void refusesAddressThatIsNoneToConnectTo(String address, @TempDir Path folder) {
    assertThat(run("--dir", folder.toString(), "--address", address)).isEqualTo(2);
    assertThat(err.toString()).startsWith(NAME).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cvm-9=169.254.169.254:80", "cvm-1=imds:80", "cvm-1=169.254.169.254"})
  void refusesMetadataServiceOfNoMachineOrAtNoEndpoint(String imds, @TempDir Path folder) {
    assertThat(run("--dir", folder.toString(), "--imds", imds)).isEqualTo(2);
    assertThat(err.toString()).startsWith(NAME).hasLineCount(1);
    assertThat(folder.resolve("lab.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cvm-1", "169.254.169.254:80"})
  void refusesMetadataServiceWithoutMachine(String imds, @TempDir Path folder) {
    assertThat(run("--dir", folder.toString(), "--imds", imds)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no list",
        "- text",
        "- {vault: contoso}",
        "- {host: contoso.vault.azure.net, effect: sudden}",
        "- {host: nobody.vault.azure.net, effect: reset}",
        "- {host: contoso.vault.azure.net, effect: reset, effect: replay}"
      })
  void refusesFaultsThatAreNone(String yaml, @TempDir Path folder) throws IOException {
    Path faults = Files.writeString(folder.resolve("faults.yaml"), yaml);

    assertThat(run("--dir", folder.toString(), "--faults", faults.toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith(NAME);
    assertThat(folder.resolve("lab.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"--latency, far", "--clock-rate, 0", "--clock-rate, 60001", "--faults, /nonexistent"})
  void refusesTimeThatCannotBe(String option, String value, @TempDir Path folder) {
    assertThat(run("--dir", folder.toString(), option, value)).isEqualTo(2);
    assertThat(err.toString()).startsWith(NAME).hasLineCount(1);
  }

  @Test
  void saysWhichAddressCannotBeHad(@TempDir Path folder) {
    assertThat(run("--dir", folder.toString(), "--address", "192.0.2.1")).isEqualTo(1);
    assertThat(err.toString()).startsWith(NAME).contains("192.0.2.1").hasLineCount(1);
  }

  @Test
  void refusesFolderOfAnotherLab(@TempDir Path folder) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lab.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();

      assertThat(run("--dir", folder.toString())).isEqualTo(1);
    }
    assertThat(err.toString()).startsWith(NAME).hasLineCount(1);
    assertThat(folder.resolve("lab.json")).doesNotExist();
  }

  private int run(String... arguments) {
    return new CommandLine(new LabMain()).setErr(new PrintWriter(err, true)).execute(arguments);
  }
}
