package dev.keygate.sidecar.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of docs/reference that is generated: with {@code -Dtest='*Reference*'
 * -Dkeygate.golden.update=true} it is written, else what is there is compared with what would be.
 */
public record ReferencePage(String fileName) {

  private static final Path FOLDER = Path.of("..", "docs", "reference");

  /** Compares, or writes. */
  public void isGenerated(String text) throws IOException {
    Path file = FOLDER.resolve(fileName);
    if (Boolean.getBoolean("keygate.golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(file).as("-Dkeygate.golden.update=true writes it").hasContent(text);
  }

  /** What a cell of a table may hold. */
  public static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ").strip();
  }
}
