package dev.keygate.images.content;

import dev.keygate.images.recipe.ImageLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * A packaged application in two layers: libraries, which change with a release of somebody else,
 * and our own jars, which change with every commit.
 */
final class Application {

  private static final String OURS = "dev.keygate.";
  private static final String AOT_ENTRY_POINT = "io.quarkus.bootstrap.runner.AotQuarkusEntryPoint";

  private Application() {}

  static ImageLayer libraries(Path folder) throws IOException {
    return new ImageLayer(
        "libraries",
        ImageLayer.below(folder, ImageLayout.APP, path -> path.startsWith("lib") && !isOurs(path)));
  }

  static ImageLayer ours(Path folder, Path sbom) throws IOException {
    requireJarsOnTheClassPath(folder);
    List<ImageEntry> entries =
        new ArrayList<>(
            ImageLayer.below(
                folder,
                ImageLayout.APP,
                path ->
                    !path.toString().endsWith(".txt")
                        && (!path.startsWith("lib") || isOurs(path))));
    entries.add(new ImageEntry(ImageLayout.SBOM, sbom, ImageEntry.Mode.FILE));
    return new ImageLayer("application", entries);
  }

  private static boolean isOurs(Path path) {
    return path.getFileName().toString().startsWith(OURS);
  }

  /** The default packaging has a class loader of its own, whose classes no AOT cache can hold. */
  private static void requireJarsOnTheClassPath(Path folder) throws IOException {
    Path jar = folder.resolve("quarkus-run.jar");
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String main =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      if (!AOT_ENTRY_POINT.equals(main)) {
        throw new IOException(
            "expected the packaging aot-jar, whose main class is "
                + AOT_ENTRY_POINT
                + ", found "
                + main
                + " in "
                + jar
                + "; set quarkus.package.jar.type=aot-jar and build again");
      }
    }
  }
}
