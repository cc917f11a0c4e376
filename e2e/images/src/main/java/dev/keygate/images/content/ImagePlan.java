package dev.keygate.images.content;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.recipe.Aot;
import dev.keygate.images.recipe.BaseImage;
import dev.keygate.images.recipe.ImageLayout;
import dev.keygate.images.recipe.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that an image is made of before its AOT cache is. Two plans with the same key give the
 * same bytes.
 *
 * @param product what is in it
 * @param version of the application
 * @param base what the layers lie on
 * @param layers our own, lowest first
 */
public record ImagePlan(Product product, String version, BaseImage base, List<ImageLayer> layers) {

  /** Raised when the training changes in a way that makes an older AOT cache not good enough. */
  private static final String TRAINING = "1";

  public ImagePlan {
    layers = List.copyOf(layers);
  }

  /** Where plans find and put things. */
  public record Ground(Checkout checkout, Path work, LinkedRuntime runtime) {}

  /**
   * Gathers an image's files.
   *
   * @throws IOException if something is not built, or this machine lacks a tool
   */
  public static ImagePlan of(
      Product product, BaseImage base, Ground ground, ChildProcesses children)
      throws IOException, InterruptedException {
    LinkedRuntime runtime = ground.runtime();
    Path work = ground.work().resolve(product.imageName());
    Path application = ground.checkout().application(product);
    Path sbom = Sbom.write(ground.checkout().sbom(product), runtime, work.resolve("sbom.cdx.json"));
    List<ImageLayer> layers = new ArrayList<>();
    switch (base) {
      case BaseImage.HostLibc _ ->
          layers.add(HostLibraries.layer(runtime, work.resolve("etc"), children));
      case BaseImage.Folder folder ->
          layers.add(new ImageLayer("root", ImageLayer.below(folder.root(), "", _ -> true)));
      case BaseImage.Archive _, BaseImage.Reference _ -> {
        // The image has its files itself.
      }
    }
    layers.add(runtime.layer(ImageLayout.JAVA_HOME));
    layers.add(Application.libraries(application));
    layers.add(Application.ours(application, sbom));
    return new ImagePlan(product, ground.checkout().version(product), base, layers);
  }

  /** The image's name with its tag. */
  public String reference() {
    return product.reference(version);
  }

  /** The image's labels. */
  public SortedMap<String, String> labels(Aot aot) {
    return new TreeMap<>(
        Map.of(
            "org.opencontainers.image.title",
            product.title(),
            "org.opencontainers.image.description",
            product.description(),
            "org.opencontainers.image.version",
            version,
            "org.opencontainers.image.licenses",
            "Apache-2.0",
            "org.opencontainers.image.base.name",
            base.label(),
            "dev.keygate.sbom",
            ImageLayout.SBOM,
            "dev.keygate.java",
            Runtime.version().toString(),
            "dev.keygate.aot-cache",
            aot == Aot.TRAINED ? ImageLayout.AOT_CACHE : "none"));
  }

  /** What tells whether an image that was built before is still this one. */
  public String key(Aot aot) throws IOException {
    MessageDigest digest = Sha256.begin();
    List<String> recipe = new ArrayList<>(List.of(TRAINING, reference(), ImageLayout.USER));
    recipe.addAll(product.entrypoint(aot));
    labels(aot).forEach((name, value) -> recipe.add(name + "=" + value));
    digest.update(String.join("\n", recipe).getBytes(StandardCharsets.UTF_8));
    if (base instanceof BaseImage.Archive archive) {
      digest.update(Sha256.of(archive.file()));
    }
    for (ImageLayer layer : layers) {
      layer.addTo(digest);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
