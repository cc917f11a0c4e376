package dev.keygate.images.content;

import dev.keygate.images.recipe.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * A checkout and what its build left: the applications that go into the images.
 *
 * @param root the folder that holds the {@code keygate} script
 */
public record Checkout(Path root) {

  public Checkout {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Finds it from the working folder upwards.
   *
   * @throws IOException if this does not run inside one
   */
  public static Checkout find() throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("keygate")) && Files.exists(at.resolve("pom.xml"))) {
        return new Checkout(at);
      }
    }
    throw new IOException(
        "expected to run inside a checkout of Keygate, found none from "
            + Path.of("").toAbsolutePath()
            + " upwards; start it with ./keygate images");
  }

  /** Where images go unless told otherwise. */
  public Path images() {
    return root.resolve("target").resolve("images");
  }

  /** The folder of manifests that users apply. */
  public Path deploy() {
    return root.resolve("deploy");
  }

  /** The application as Quarkus packages it. */
  Path application(Product product) throws IOException {
    return built(product, "quarkus-app");
  }

  /** The list of the application's parts. */
  Path sbom(Product product) throws IOException {
    return built(product, "sbom.cdx.json");
  }

  /** The version of the built application. */
  String version(Product product) throws IOException {
    Path jar = built(product, "quarkus-app").resolve("quarkus-run.jar");
    try (JarFile file = new JarFile(jar.toFile())) {
      String version =
          file.getManifest() == null
              ? null
              : file.getManifest()
                  .getMainAttributes()
                  .getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      if (version == null) {
        throw new IOException("expected Implementation-Version in the manifest of " + jar);
      }
      return version;
    }
  }

  private Path built(Product product, String name) throws IOException {
    Path path = root.resolve(product.imageName()).resolve("target").resolve(name);
    if (!Files.exists(path)) {
      throw new IOException(
          "expected "
              + path
              + ", which is not there; ./keygate images builds it, as does mvn package");
    }
    return path;
  }
}
