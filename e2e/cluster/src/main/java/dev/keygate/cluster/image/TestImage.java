package dev.keygate.cluster.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** An image that holds one static executable and nothing else. */
public enum TestImage {
  /** Holds a pod's namespaces open. */
  PAUSE("keygate.test/pause:1", ClusterBinary.PAUSE, "65535:65535"),
  /** What test pods run in place of a shell. */
  PROBE("keygate.test/probe:1", ClusterBinary.PROBE, "0:0");

  private final String reference;
  private final ClusterBinary binary;
  private final String user;

  TestImage(String reference, ClusterBinary binary, String user) {
    this.reference = reference;
    this.binary = binary;
    this.user = user;
  }

  /** What pods call it; with {@code imagePullPolicy: Never}. */
  public String reference() {
    return reference;
  }

  /**
   * Writes the image as an archive.
   *
   * @param folder for it and for what making it needs
   */
  public Path write(ClusterBinaries binaries, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path archive = folder.resolve(binary.fileName() + ".tar");
    Path cache = folder.resolve("cache");
    AbsoluteUnixPath entry = AbsoluteUnixPath.get("/" + binary.fileName());
    FileEntriesLayer layer =
        FileEntriesLayer.builder()
            .addEntry(binaries.path(binary), entry, FilePermissions.fromOctalString("755"))
            .build();
    try {
      JibContainerBuilder image =
          Jib.fromScratch()
              .addFileEntriesLayer(layer)
              .setEntrypoint(List.of(entry.toString()))
              .setUser(user);
      image.containerize(
          Containerizer.to(TarImage.at(archive).named(reference))
              .setBaseImageLayersCache(cache)
              .setApplicationLayersCache(cache)
              .setOfflineMode(true));
      return archive;
    } catch (InvalidImageReferenceException
        | RegistryException
        | CacheDirectoryCreationException
        | ExecutionException e) {
      throw new IOException("the image " + reference + " cannot be made", e);
    }
  }
}
