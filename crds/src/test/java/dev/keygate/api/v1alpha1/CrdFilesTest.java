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
 * Holds {@code deploy/crds} to the kinds. After a change of a kind, write the files anew with
 *
 * <pre>mvn -pl crds -am test -Dtest=CrdFilesTest -Dkeygate.golden.update=true \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class CrdFilesTest {

  private static final Path FOLDER = Path.of("..", "deploy", "crds");

  @Test
  void filesInDeployAreThoseOfTheKinds() throws IOException {
    Map<String, String> generated = CrdFiles.generate();
    if (Boolean.getBoolean("keygate.golden.update")) {
      write(generated);
    }

    assertThat(read()).isEqualTo(generated);
  }

  @Test
  void generationIsRepeatable() {
    assertThat(CrdFiles.generate()).isEqualTo(CrdFiles.generate());
  }

  private static void write(Map<String, String> files) throws IOException {
    Files.createDirectories(FOLDER);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
    }
  }

  private static Map<String, String> read() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path : paths.toList()) {
        files.put(String.valueOf(path.getFileName()), Files.readString(path));
      }
    }
    return files;
  }
}
