package dev.keygate.images.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseImageTest {

  @TempDir private Path folder;

  @Test
  void readsEachKind() throws Exception {
    Path tar = Files.createFile(folder.resolve("base.tar"));

    assertThat(BaseImage.parse("host-libc")).isEqualTo(new BaseImage.HostLibc());
    assertThat(BaseImage.parse("scratch+" + folder)).isEqualTo(new BaseImage.Folder(folder));
    assertThat(BaseImage.parse(tar.toString())).isEqualTo(new BaseImage.Archive(tar));
    assertThat(BaseImage.parse("localhost:5000/base@sha256:00"))
        .isEqualTo(new BaseImage.Reference("localhost:5000/base@sha256:00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "-option", "https://x/y?z", "scratch+"})
  void refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseImage.parse(text.equals("scratch+") ? text + folder + "/no" : text));
  }

  @Test
  void refusesAnArchiveThatIsAFolderAndAFolderThatIsAFile() throws Exception {
    Path tar = Files.createDirectory(folder.resolve("folder.tar"));
    Path file = Files.createFile(folder.resolve("file"));

    assertThatIllegalArgumentException().isThrownBy(() -> BaseImage.parse(tar.toString()));
    assertThatIllegalArgumentException().isThrownBy(() -> BaseImage.parse("scratch+" + file));
  }

  /** A label is in the image: the place where it was built is nobody's business. */
  @Test
  void labelsTellNoPath() {
    assertThat(new BaseImage.Folder(folder).label()).isEqualTo("scratch");
    assertThat(new BaseImage.Archive(folder.resolve("base.tar")).label()).isEqualTo("base.tar");
  }
}
