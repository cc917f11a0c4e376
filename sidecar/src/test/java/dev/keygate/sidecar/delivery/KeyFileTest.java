package dev.keygate.sidecar.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.keygate.sidecar.secret.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

  @TempDir private Path folder;

  @Test
  void writesAFileForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("key.jwk");

    write(file);

    assertThat(file).hasContent("{}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void replacesAFileAndItsPermissions() throws IOException {
    Path file = Files.writeString(folder.resolve("key.jwk"), "something longer than the key");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    write(file);

    assertThat(file).hasContent("{}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void leavesNothingBehindWhenItCannotWrite() throws IOException {
    Files.createDirectories(folder.resolve("taken/below"));
    Path taken = folder.resolve("taken");

    assertThatIOException().isThrownBy(() -> write(taken));
    assertThatIOException().isThrownBy(() -> write(folder.resolve("absent/key")));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(taken);
    }
  }

  private static void write(Path file) throws IOException {
    try (SecretBytes text = SecretBytes.takeOwnershipOf(new byte[] {'{', '}'})) {
      KeyFile.write(file, text);
    }
  }
}
