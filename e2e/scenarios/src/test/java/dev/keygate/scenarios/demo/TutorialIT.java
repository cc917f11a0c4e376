package dev.keygate.scenarios.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Story;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/tutorial.md, command by command. */
class TutorialIT {

  private static final Duration WITHIN = Duration.ofSeconds(90);

  @Test
  void everyCommandPrintsWhatThePageSays(@TempDir Path folder) throws Exception {
    SystemTime time = new SystemTime();
    Story story = new Story(new PrintWriter(new StringWriter()), time);
    Artefacts artefacts = Artefacts.find();
    List<Transcript.Entry> entries =
        Transcript.of(Files.readString(artefacts.root().resolve("docs/tutorial.md"))).entries();
    assertThat(entries).hasSizeGreaterThan(20);
    try (ChildProcesses children = ChildProcesses.open(time);
        Stage stage =
            Stage.set(artefacts, folder, BinaryOptions.from(System.getenv()), children, story)) {
      Playground playground = Playground.set(stage, story);
      for (Transcript.Entry entry : entries) {
        CommandResult result =
            children.run(
                List.of(
                    "bash",
                    "-c",
                    "source "
                        + playground.environment()
                        + "; cd "
                        + artefacts.root()
                        + "; { "
                        + entry.command()
                        + "; } 2>&1"),
                Map.of(),
                "",
                WITHIN);

        assertThat(entry.isAnsweredBy(result.stdout()))
            .as("%s%nprinted%n%s", entry.command(), result.stdout())
            .isTrue();
      }
    }
  }
}
