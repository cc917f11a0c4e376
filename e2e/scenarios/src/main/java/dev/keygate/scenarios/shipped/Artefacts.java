package dev.keygate.scenarios.shipped;

import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The checkout and what its build left in it: the jars that are shipped, not classes on a test
 * path.
 *
 * @param root the folder that holds the {@code keygate} script
 */
public record Artefacts(Path root) {

  /** Finds the checkout from the working folder upwards. */
  public static Artefacts find() throws Surprise {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("keygate")) && Files.exists(at.resolve("pom.xml"))) {
        return new Artefacts(at);
      }
    }
    throw new Surprise(
        "expected to run inside a checkout of Keygate; start it with ./keygate demo");
  }

  /** The operator's jar. */
  public Path operator() throws Surprise {
    return existing("operator/target/quarkus-app/quarkus-run.jar");
  }

  /** The sidecar's jar. */
  public Path sidecar() throws Surprise {
    return existing("sidecar/target/quarkus-app/quarkus-run.jar");
  }

  /** The lab's jar. */
  public Path lab() throws Surprise {
    return runnable("e2e/emulator/target", "keygate-emulator-");
  }

  /** The jar of this module. */
  public Path scenarios() throws Surprise {
    return runnable("e2e/scenarios/target", "keygate-scenarios-");
  }

  /** The jar of the benchmarks. */
  public Path bench() throws Surprise {
    return runnable("e2e/bench/target", "keygate-bench-");
  }

  /** The folder with the kinds. */
  public Path customResourceDefinitions() throws Surprise {
    return existing("deploy/crds");
  }

  /** The folder with what installs the operator. */
  public Path installation() throws Surprise {
    return existing("deploy/install");
  }

  /** The chart's folder. */
  public Path chart() throws Surprise {
    return existing("charts/keygate");
  }

  /** The folder with the example of an order's key. */
  public Path examples() throws Surprise {
    return existing("deploy/examples/orders");
  }

  /** A policy that admits none of the lab's machines. */
  public Path anotherMachinesPolicy() throws Surprise {
    return existing("deploy/demo/another-machines-policy.yaml");
  }

  private Path runnable(String folder, String prefix) throws Surprise {
    Optional<Path> jar;
    try (var files = Files.list(existing(folder))) {
      jar =
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .filter(file -> file.getFileName().toString().endsWith("-SNAPSHOT.jar"))
              .findFirst();
    } catch (IOException e) {
      throw new Surprise("cannot look into " + folder, e);
    }
    return jar.orElseThrow(() -> missing(root.resolve(folder).resolve(prefix + "….jar")));
  }

  private Path existing(String path) throws Surprise {
    Path file = root.resolve(path);
    if (!Files.exists(file)) {
      throw missing(file);
    }
    return file;
  }

  private static Surprise missing(Path file) {
    return new Surprise("expected " + file + ", which is not there; ./keygate demo builds it");
  }
}
