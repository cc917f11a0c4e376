package dev.keygate.scenarios.demo;

import dev.keygate.cluster.Kubectl;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What a kubelet does with the grant's ConfigMap: its content as files of a directory, changed by
 * switching one symbolic link, so that a reader never sees half of it.
 */
final class GrantMount {

  private final Kubectl kubectl;
  private final String namespace;
  private final Path directory;
  private int generation;

  GrantMount(Kubectl kubectl, String namespace, Path directory) {
    this.kubectl = kubectl;
    this.namespace = namespace;
    this.directory = directory;
  }

  /** The folder that the sidecar is given; it has one folder for each key. */
  Path directory() {
    return directory;
  }

  /** Brings the mounted files to the ConfigMap's present content. */
  void sync(String key) throws Surprise, InterruptedException {
    try {
      String grant =
          kubectl.require(
              "get",
              "configmap",
              key + ".keygate",
              "--namespace=" + namespace,
              "-o=jsonpath={.data.grant\\.json}");
      Path mount = Files.createDirectories(directory.resolve(key));
      Path content = Files.createDirectory(mount.resolve(".." + ++generation));
      Files.writeString(content.resolve("grant.json"), grant);
      switchLink(mount.resolve("..data"), content.getFileName());
      if (!Files.exists(mount.resolve("grant.json"))) {
        Files.createSymbolicLink(mount.resolve("grant.json"), Path.of("..data", "grant.json"));
      }
    } catch (IOException e) {
      throw new Surprise("the grant of " + key + " cannot be mounted: " + e.getMessage(), e);
    }
  }

  private static void switchLink(Path link, Path target) throws IOException {
    Path fresh = link.resolveSibling("..data_tmp");
    Files.createSymbolicLink(fresh, target);
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
