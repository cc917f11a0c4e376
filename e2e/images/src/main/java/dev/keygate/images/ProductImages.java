package dev.keygate.images;

import dev.keygate.cluster.binaries.Progress;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.recipe.Product;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Both images.
 *
 * @param operator the control plane
 * @param sidecar the attester
 */
public record ProductImages(ProductImage operator, ProductImage sidecar) {

  /**
   * Builds what changed since the last time and returns both; another process that builds into the
   * same folder is waited for.
   *
   * @param progress is told what takes long, and what is left out
   * @throws IOException if an image cannot be built; says what to do
   */
  public static ProductImages build(
      ImageOptions options, ChildProcesses children, Progress progress)
      throws IOException, InterruptedException {
    return new ImageBuild(options, children, progress).run();
  }

  /** What was built into a folder before, whether or not it is what would be built now. */
  public static Optional<ProductImages> find(Path folder) {
    ImageStore store = new ImageStore(folder);
    return store
        .find(Product.OPERATOR)
        .flatMap(
            operator ->
                store.find(Product.SIDECAR).map(sidecar -> new ProductImages(operator, sidecar)));
  }

  /** One of them. */
  public ProductImage of(Product product) {
    return switch (product) {
      case OPERATOR -> operator;
      case SIDECAR -> sidecar;
    };
  }
}
