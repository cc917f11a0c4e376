package dev.keygate.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutOnDiskTest {

  @TempDir private Path folder;
  private Path root = Path.of("");

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
  }

  @Test
  void laysOutContentPermissionsAndTimes() throws Exception {
    lay(new TarFile(folder).file("app/run", "text", 0640));

    Path run = root.resolve("app/run");
    assertThat(run).hasContent("text");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
        .isEqualTo("rw-r-----");
    assertThat(Files.getLastModifiedTime(run).toInstant()).isEqualTo(Instant.EPOCH.plusSeconds(1));
  }

  @Test
  void aHigherLayerReplacesAndRemovesFiles() throws Exception {
    lay(
        new TarFile(folder)
            .file("etc/a", "old", 0644)
            .file("etc/b", "old", 0644)
            .layer()
            .file("etc/a", "new", 0644)
            .file("etc/.wh.b", "", 0644));

    assertThat(root.resolve("etc/a")).hasContent("new");
    assertThat(root.resolve("etc/b")).doesNotExist();
    assertThat(root.resolve("etc/.wh.b")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "app/../../outside"})
  void refusesANameThatClimbsOut(String name) {
    assertThatIOException().isThrownBy(() -> lay(new TarFile(folder).file(name, "x", 0644)));
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  @Test
  void refusesToWriteThroughALinkThatLeadsOut() {
    TarArchiveEntry link = new TarArchiveEntry("etc", TarConstants.LF_SYMLINK);
    link.setLinkName("..");

    assertThatIOException()
        .isThrownBy(() -> lay(new TarFile(folder).entry(link, "").file("etc/outside", "x", 0644)));
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  @Test
  void refusesADevice() {
    TarArchiveEntry device = new TarArchiveEntry("dev/null", TarConstants.LF_CHR);

    assertThatIOException().isThrownBy(() -> lay(new TarFile(folder).entry(device, "")));
  }

  @Test
  void refusesToRemoveAWholeFolder() {
    assertThatIOException()
        .isThrownBy(
            () ->
                lay(
                    new TarFile(folder)
                        .file("etc/a", "x", 0644)
                        .layer()
                        .file("etc/.wh..wh..opq", "", 0644)));
  }

  @Test
  void refusesAnArchiveOfSomethingElse() throws Exception {
    Path text = Files.write(folder.resolve("text.tar"), "not a tar".getBytes(UTF_8));
    Path empty = Files.createFile(folder.resolve("empty.tar"));

    assertThatIOException().isThrownBy(() -> ImageArchive.read(text));
    assertThatIOException().isThrownBy(() -> ImageArchive.read(empty));
    assertThatIOException().isThrownBy(() -> ImageArchive.read(new TarFile(folder).unnamed()));
  }

  private void lay(TarFile tar) throws IOException {
    LayoutOnDisk.of(ImageArchive.read(tar.image()), root);
  }
}
