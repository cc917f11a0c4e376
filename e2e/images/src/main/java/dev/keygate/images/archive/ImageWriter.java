package dev.keygate.images.archive;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import dev.keygate.images.content.ImageEntry;
import dev.keygate.images.content.ImageLayer;
import dev.keygate.images.content.ImagePlan;
import dev.keygate.images.recipe.Aot;
import dev.keygate.images.recipe.BaseImage;
import dev.keygate.images.recipe.ImageLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Writes images. What is written depends on the plan alone: every file has the same time and the
 * owner 0:0, entries are sorted, the image was created at the epoch.
 */
public final class ImageWriter {

  /** Everything in an image was last changed then; the AOT cache holds it of each jar. */
  static final Instant CHANGED = Instant.EPOCH.plusSeconds(1);

  /** One arena: each may keep megabytes that nobody uses. */
  private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "1");

  private final Path cache;

  /**
   * A writer.
   *
   * @param cache keeps layers that were packed before
   */
  public ImageWriter(Path cache) {
    this.cache = cache;
  }

  /**
   * Writes an archive that container runtimes import, under the plan's reference.
   *
   * @throws IOException if the base image cannot be had or the file cannot be written
   */
  public void write(ImagePlan plan, List<ImageLayer> last, Path to)
      throws IOException, InterruptedException {
    try {
      containerize(plan, last, Containerizer.to(TarImage.at(to).named(plan.reference())));
    } catch (InvalidImageReferenceException e) {
      throw new IOException("expected an image's name, found " + plan.reference(), e);
    }
  }

  /**
   * Pushes the same image, with the credentials that Docker's configuration has.
   *
   * @return what it was pushed as, by digest
   * @throws IOException if the registry refuses
   */
  public String push(ImagePlan plan, List<ImageLayer> last, String reference)
      throws IOException, InterruptedException {
    try {
      ImageReference target = ImageReference.parse(reference);
      JibContainer pushed = containerize(plan, last, Containerizer.to(withCredentials(target)));
      return target.getRegistry() + "/" + target.getRepository() + "@" + pushed.getDigest();
    } catch (InvalidImageReferenceException e) {
      throw new IOException("expected an image's name to push to, found " + reference, e);
    }
  }

  private JibContainer containerize(
      ImagePlan plan, List<ImageLayer> last, Containerizer containerizer)
      throws IOException, InterruptedException {
    Aot aot = last.isEmpty() ? Aot.NONE : Aot.TRAINED;
    List<ImageLayer> layers = new ArrayList<>(plan.layers());
    layers.addAll(last);
    try {
      return from(plan.base())
          .setPlatforms(Set.of(platform()))
          .setFileEntriesLayers(layers.stream().map(ImageWriter::layer).toList())
          .setEntrypoint(plan.product().entrypoint(aot))
          .setEnvironment(ENVIRONMENT)
          .setLabels(plan.labels(aot))
          .setUser(ImageLayout.USER)
          .setWorkingDirectory(AbsoluteUnixPath.get(ImageLayout.APP))
          .setExposedPorts(Port.tcp(plan.product().managementPort()))
          .setCreationTime(Instant.EPOCH)
          .containerize(
              containerizer
                  .setToolName("keygate")
                  .setApplicationLayersCache(cache)
                  .setBaseImageLayersCache(cache));
    } catch (ExecutionException | RegistryException | CacheDirectoryCreationException e) {
      throw new IOException(failure(plan, e), e);
    }
  }

  private static String failure(ImagePlan plan, Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return "the image "
        + plan.reference()
        + " cannot be made on the base "
        + plan.base()
        + ": "
        + cause.getMessage()
        + "; where no registry can be reached, name another base: --base FILE.tar, --base "
        + BaseImage.SCRATCH
        + "FOLDER or --base "
        + BaseImage.HOST_LIBC;
  }

  private static JibContainerBuilder from(BaseImage base) throws IOException {
    return switch (base) {
      case BaseImage.HostLibc _, BaseImage.Folder _ -> Jib.fromScratch();
      case BaseImage.Archive archive -> Jib.from(TarImage.at(archive.file()));
      case BaseImage.Reference reference -> Jib.from(withCredentials(reference(reference)));
    };
  }

  private static ImageReference reference(BaseImage.Reference base) throws IOException {
    try {
      return ImageReference.parse(base.name());
    } catch (InvalidImageReferenceException e) {
      throw new IOException(
          "expected a base image: a reference, FILE.tar, scratch+FOLDER or host-libc; found "
              + base.name(),
          e);
    }
  }

  private static RegistryImage withCredentials(ImageReference reference) {
    return RegistryImage.named(reference)
        .addCredentialRetriever(
            CredentialRetrieverFactory.forImage(reference, _ -> {}).dockerConfig());
  }

  private static FileEntriesLayer layer(ImageLayer layer) {
    FileEntriesLayer.Builder builder = FileEntriesLayer.builder().setName(layer.name());
    for (ImageEntry entry : layer.entries()) {
      builder.addEntry(
          new FileEntry(
              entry.source(),
              AbsoluteUnixPath.get(entry.path()),
              FilePermissions.fromOctalString(Integer.toOctalString(entry.mode().bits())),
              CHANGED,
              "0:0"));
    }
    return builder.build();
  }

  private static Platform platform() {
    String machine = System.getProperty("os.arch", "amd64");
    return new Platform(machine.equals("aarch64") ? "arm64" : machine, "linux");
  }
}
