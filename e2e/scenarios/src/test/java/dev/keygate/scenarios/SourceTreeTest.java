package dev.keygate.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTreeTest {

  private static final int MOST_LINES = 400;

  @Test
  void noSourceFileIsLongerThanAReaderCanHold() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : Checkout.javaSources()) {
      long lines;
      try (var content = Files.lines(file)) {
        lines = content.count();
      }
      if (lines > MOST_LINES) {
        tooLong.add(Checkout.root().relativize(file) + ": " + lines);
      }
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void everyMainPackageSaysWhatItKnows() throws IOException {
    List<Path> silent =
        Checkout.javaSources().stream()
            .map(Path::getParent)
            .distinct()
            .filter(folder -> folder.toString().contains("/src/main/java/"))
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .toList();

    assertThat(silent).isEmpty();
  }
}
