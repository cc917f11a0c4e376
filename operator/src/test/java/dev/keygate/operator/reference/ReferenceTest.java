package dev.keygate.operator.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/reference to the code; docs/reference/README.md says how to write it anew. */
class ReferenceTest {

  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final String README = "README.md";

  @Test
  void pagesAreThoseOfTheCode() throws IOException {
    for (Map.Entry<String, String> page : generate().entrySet()) {
      Path file = FOLDER.resolve(page.getKey());
      if (Boolean.getBoolean("keygate.golden.update")) {
        Files.writeString(file, page.getValue());
      }
      assertThat(file).hasContent(page.getValue());
    }
  }

  @Test
  void readmeNamesEveryPage() throws IOException {
    String readme = Files.readString(FOLDER.resolve(README));

    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .filteredOn(page -> !page.equals(README))
          .containsAll(generate().keySet())
          .allMatch(page -> readme.contains("(" + page + ")"));
    }
  }

  @Test
  void everythingHasAMeaning() throws IOException {
    for (Map.Entry<String, String> page : generate().entrySet()) {
      assertThat(page.getValue().lines().filter(line -> line.startsWith("| ")))
          .as(page.getKey())
          .hasSizeGreaterThan(2)
          .noneMatch(line -> line.endsWith("|  |") || line.contains("{@"));
    }
  }

  private static Map<String, String> generate() throws IOException {
    return new TreeMap<>(
        Map.of(
            "fields.md", FieldsPage.write(Path.of("..", "deploy", "crds")),
            "conditions.md", ConditionsPage.write(),
            "events.md", EventsPage.write(),
            "operator-metrics.md", MetricsPage.write(),
            "operator-settings.md", SettingsPage.write()));
  }
}
