package dev.keygate.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code deploy/crds} and the chart's copies to the kinds. After a change of a kind, write
 * the files anew with
 *
 * <pre>mvn -pl crds -am test -Dtest=CrdFilesTest -Dkeygate.golden.update=true \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class CrdFilesTest {

  private static final Path FOLDER = Path.of("..", "deploy", "crds");
  private static final Path TEMPLATES = Path.of("..", "charts", "keygate", "templates");

  @Test
  void filesInDeployAreThoseOfTheKinds() throws IOException {
    Map<String, String> generated = CrdFiles.generate();
    if (Boolean.getBoolean("keygate.golden.update")) {
      write(FOLDER, generated);
    }

    assertThat(read(FOLDER, "")).isEqualTo(generated);
  }

  @Test
  void templatesInTheChartAreThoseOfTheKinds() throws IOException {
    Map<String, String> generated = CrdFiles.generateTemplates();
    if (Boolean.getBoolean("keygate.golden.update")) {
      write(TEMPLATES, generated);
    }

    assertThat(read(TEMPLATES, CrdFiles.TEMPLATE_PREFIX)).isEqualTo(generated);
  }

  @Test
  void generationIsRepeatable() {
    assertThat(CrdFiles.generate()).isEqualTo(CrdFiles.generate());
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private static Map<String, String> read(Path folder, String prefix) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith(prefix)) {
          files.put(name, Files.readString(path));
        }
      }
    }
    return files;
  }
}
