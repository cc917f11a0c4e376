package dev.keygate.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkout these tests run in. */
public final class Checkout {

  private Checkout() {}

  /** The folder with the {@code keygate} script: the nearest one at or above the working folder. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("CHANGELOG.md"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("not inside a checkout of Keygate: " + Path.of(""));
      }
      folder = parent;
    }
    return folder;
  }

  /** All Java sources, main and test, of all modules. */
  static List<Path> javaSources() throws IOException {
    try (var files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }
}
