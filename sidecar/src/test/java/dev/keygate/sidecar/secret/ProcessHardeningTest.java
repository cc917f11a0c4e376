package dev.keygate.sidecar.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own: what it gives up it does not get back. */
class ProcessHardeningTest {

  @TempDir private Path folder;
  private List<String> seen = List.of();

  @BeforeEach
  void run() throws Exception {
    Path file = folder.resolve("seen");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", "/usr"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", ""),
                HardenedMain.class.getName(),
                file.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    seen = Files.readAllLines(file);
  }

  @Test
  void cannotBeDumpedNorWriteACore() {
    assertThat(seen.getFirst()).contains("dumps=ON", "cores=ON");
    assertThat(seen).anyMatch(line -> line.matches("Max core file size +0 +0 +bytes *"));
  }

  /** See proc(5): lo is locked, dd is left out of dumps. */
  @Test
  void keepsASecretOnPagesOfItsOwn() {
    boolean isLocked = seen.getFirst().contains("locking=ON");

    assertThat(seen)
        .anyMatch(
            line ->
                line.startsWith("VmFlags:")
                    && line.contains(" dd")
                    && line.contains(" lo") == isLocked);
  }
}
