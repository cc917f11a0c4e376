package dev.keygate.operator.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/reference to the code; docs/reference/README.md says how to write it anew. */
class ReferenceTest {

  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final String README = "README.md";

  @Test
  void pagesAreThoseOfTheCode() throws IOException {
    Map<String, String> generated = generate();
    if (Boolean.getBoolean("keygate.golden.update")) {
      for (Map.Entry<String, String> page : generated.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }

    assertThat(read()).isEqualTo(generated);
  }

  @Test
  void readmeNamesEveryPage() throws IOException {
    String readme = Files.readString(FOLDER.resolve(README));

    assertThat(generate().keySet()).allMatch(page -> readme.contains("(" + page + ")"));
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
            "metrics.md", MetricsPage.write(),
            "settings.md", SettingsPage.write()));
  }

  private static Map<String, String> read() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<Path> sorted = new TreeSet<>(files.toList());
      for (Path file : sorted) {
        String name = String.valueOf(file.getFileName());
        if (!name.equals(README)) {
          pages.put(name, Files.readString(file));
        }
      }
    }
    return pages;
  }
}
