package dev.keygate.images.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {

  @TempDir private Path folder;

  @BeforeEach
  void layOut() throws IOException {
    for (String name :
        new String[] {
          "app/keygate-sidecar-1.jar",
          "lib/main/dev.keygate.keygate-crds-1.jar",
          "lib/main/org.example.library-1.jar",
          "lib/boot/org.example.boot-1.jar",
          "quarkus/quarkus-application.dat",
          "quarkus-app-dependencies.txt",
          "sbom.cdx.json"
        }) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    mainClass("io.quarkus.bootstrap.runner.AotQuarkusEntryPoint");
  }

  @Test
  void partsWhatIsOursFromWhatIsNot() throws Exception {
    assertThat(Application.libraries(folder).entries())
        .extracting(ImageEntry::path)
        .containsExactly(
            "/app/lib/boot/org.example.boot-1.jar", "/app/lib/main/org.example.library-1.jar");
    assertThat(Application.ours(folder, folder.resolve("sbom.cdx.json")).entries())
        .extracting(ImageEntry::path)
        .contains(
            "/app/app/keygate-sidecar-1.jar",
            "/app/lib/main/dev.keygate.keygate-crds-1.jar",
            "/app/quarkus-run.jar",
            "/app/quarkus/quarkus-application.dat",
            "/app/sbom.cdx.json")
        .doesNotContain("/app/quarkus-app-dependencies.txt");
  }

  @Test
  void refusesAPackagingWhoseClassesNoCacheCanHold() throws Exception {
    mainClass("io.quarkus.bootstrap.runner.QuarkusEntryPoint");

    assertThatIOException()
        .isThrownBy(() -> Application.ours(folder, folder.resolve("sbom.cdx.json")))
        .withMessageContaining("quarkus.package.jar.type");
  }

  @Test
  void refusesAnEmptyLayer() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(catchThrowable(() -> Application.libraries(empty)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void mainClass(String name) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, name);
    try (OutputStream out = Files.newOutputStream(folder.resolve("quarkus-run.jar"));
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.flush();
    }
  }
}
