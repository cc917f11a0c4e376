package dev.keygate.sidecar.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadersTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"GROUP, r--r-----, rwxr-x---", "EVERYONE, r--r--r--, rwxr-xr-x"})
  void letReadAndNotWrite(Readers readers, String file, String inFolder) throws IOException {
    Path made = folder.resolve("made");

    readers.makeFolder(made);

    assertThat(PosixFilePermissions.toString(readers.filePermissions())).isEqualTo(file);
    assertThat(mode(made)).isEqualTo(inFolder);
  }

  @ParameterizedTest
  @CsvSource({"GROUP, rwx------", "GROUP, rwxrwxrwx", "EVERYONE, rwx------", "EVERYONE, rwxrwx---"})
  void bringAFolderThatIsThereToItsMode(Readers readers, String before) throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    Files.setPosixFilePermissions(there, PosixFilePermissions.fromString(before));

    readers.makeFolder(there);
    readers.makeFolder(there);

    assertThat(mode(there)).isEqualTo(readers == Readers.GROUP ? "rwxr-x---" : "rwxr-xr-x");
  }

  /** Without the bit, files would have this process's group instead of the volume's. */
  @Test
  void keepTheBitThatHandsDownTheGroup() throws IOException {
    Files.setAttribute(folder, "unix:mode", 02777);
    Path below = folder.resolve("below");

    Readers.GROUP.makeFolder(below);

    assertThat((int) Files.getAttribute(below, "unix:mode") & 07777).isEqualTo(02750);
  }

  @Test
  void refuseAFileAndALinkInPlaceOfAFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

    assertThatIOException().isThrownBy(() -> Readers.GROUP.makeFolder(file));
    assertThatIOException().isThrownBy(() -> Readers.GROUP.makeFolder(link));
    assertThatIOException()
        .isThrownBy(() -> Readers.GROUP.makeFolder(folder.resolve("absent/below")));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
