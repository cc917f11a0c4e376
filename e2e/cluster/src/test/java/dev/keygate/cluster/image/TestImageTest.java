package dev.keygate.cluster.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestImageTest {

  @TempDir private Path directory;

  @BeforeEach
  void makeExecutable() throws IOException {
    Files.writeString(directory.resolve("probe"), "an executable");
  }

  @Test
  void sameExecutableMakesTheSameBytes() throws Exception {
    ClusterBinaries binaries = ClusterBinaries.in(directory);

    Path first = TestImage.PROBE.write(binaries, directory.resolve("first"));
    Path second = TestImage.PROBE.write(binaries, directory.resolve("second"));

    assertThat(first).hasSameBinaryContentAs(second);
  }

  @Test
  void archiveNamesTheImage() throws Exception {
    Path archive = TestImage.PROBE.write(ClusterBinaries.in(directory), directory.resolve("out"));

    assertThat(unpacked(archive, "manifest.json")).contains("\"keygate.test/probe:1\"");
  }

  @Test
  void absentExecutableIsAFailure() {
    assertThatThrownBy(
            () -> TestImage.PAUSE.write(ClusterBinaries.in(directory), directory.resolve("out")))
        .isInstanceOf(IOException.class);
  }

  private static String unpacked(Path archive, String name) throws Exception {
    try (ChildProcesses children = ChildProcesses.open(new SystemTime())) {
      return children
          .run(
              List.of("tar", "-xOf", archive.toString(), name), Map.of(), "", Duration.ofMinutes(1))
          .stdout();
    }
  }
}
