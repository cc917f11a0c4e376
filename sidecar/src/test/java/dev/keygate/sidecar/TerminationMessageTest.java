package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminationMessageTest {

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("termination-log");
  }

  @Test
  void replacesWhatTheFileHolds() throws IOException {
    Files.writeString(file(), "something longer than the sentence");

    new TerminationMessage(file()).write("TpmNotFound: None.");

    assertThat(file()).hasContent("TpmNotFound: None.");
  }

  @Test
  void writesNoMoreThanTheKubeletShows() throws IOException {
    Files.createFile(file());

    new TerminationMessage(file()).write("ä".repeat(4096));

    assertThat(file()).hasSize(4096);
  }

  @Test
  void makesNoFile() {
    new TerminationMessage(file()).write("TpmNotFound: None.");
    new TerminationMessage(file().resolve("below")).write("TpmNotFound: None.");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void followsNoLinkAndWritesIntoNoFolder() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "content");
    Files.createSymbolicLink(file(), elsewhere);

    new TerminationMessage(file()).write("TpmNotFound: None.");
    new TerminationMessage(folder).write("TpmNotFound: None.");

    assertThat(elsewhere).hasContent("content");
  }
}
