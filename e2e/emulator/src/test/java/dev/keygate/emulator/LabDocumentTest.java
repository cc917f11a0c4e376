package dev.keygate.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.LabDescriptionReader;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultFile;
import dev.keygate.emulator.fault.VaultHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/lab.md do what it says. */
class LabDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "..", "docs", "lab.md");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  static List<String> descriptions() throws IOException {
    return examples().stream().filter(text -> text.startsWith("tenant:")).toList();
  }

  @Test
  void hasExamples() throws IOException {
    assertThat(descriptions()).hasSize(2);
    assertThat(examples()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void startsEveryExample(String yaml, @TempDir Path folder) throws Exception {
    LabDescription description = LabDescriptionReader.read(yaml);

    try (SharedLab shared = new SharedLab(folder, description)) {
      assertThat(shared.lab.endpoints().path("vaults")).hasSameSizeAs(description.vaults());
      assertThat(shared.lab.machines()).hasSameSizeAs(description.machines());
    }
  }

  @Test
  void readsTheExampleOfFaults() throws IOException {
    String yaml = examples().stream().filter(text -> text.startsWith("- {")).findFirst().orElse("");
    VaultHosts vaults = LabVaults.hosts(LabDescription.standard());

    List<Fault> faults = FaultFile.read(yaml, vaults);

    assertThat(faults)
        .extracting(fault -> fault.route().host())
        .contains("contoso.vault.azure.net");
    assertThatIllegalArgumentException().isThrownBy(() -> vaults.hostOf("fabrikam"));
  }

  private static List<String> examples() throws IOException {
    return YAML.matcher(Files.readString(DOCUMENT))
        .results()
        .map((MatchResult example) -> example.group(1))
        .toList();
  }
}
