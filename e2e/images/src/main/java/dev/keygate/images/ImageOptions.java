package dev.keygate.images;

import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.images.content.Checkout;
import dev.keygate.images.recipe.Aot;
import dev.keygate.images.recipe.BaseImage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What may be decided about the images.
 *
 * @param checkout where the applications were built
 * @param output the folder of the archives; beside them it keeps what makes the next run quick
 * @param base what the layers lie on
 * @param aot whether caches are trained; where a machine does not allow it, that is said and the
 *     image goes without
 * @param kubernetes where the control plane comes from that the operator is trained on
 * @param registry a registry and folder to push to as well, such as {@code ghcr.io/contoso}
 */
public record ImageOptions(
    Checkout checkout,
    Path output,
    BaseImage base,
    Aot aot,
    BinaryOptions kubernetes,
    Optional<String> registry) {

  public ImageOptions {
    output = output.toAbsolutePath().normalize();
  }

  /**
   * What tests and demos want: this machine's C library, trained, below the checkout's target.
   *
   * @param environment such as {@link System#getenv()}
   */
  public static ImageOptions forThisMachine(Checkout checkout, Map<String, String> environment) {
    return new ImageOptions(
        checkout,
        checkout.images(),
        new BaseImage.HostLibc(),
        Aot.TRAINED,
        BinaryOptions.from(environment),
        Optional.empty());
  }

  /** The same on another base. */
  public ImageOptions on(BaseImage otherBase) {
    return new ImageOptions(checkout, output, otherBase, aot, kubernetes, registry);
  }

  /** The same without AOT caches. */
  public ImageOptions untrained() {
    return new ImageOptions(checkout, output, base, Aot.NONE, kubernetes, registry);
  }

  /** The same into another folder. */
  public ImageOptions into(Path folder) {
    return new ImageOptions(checkout, folder, base, aot, kubernetes, registry);
  }

  /** The same with this source of Kubernetes. */
  public ImageOptions with(BinaryOptions otherKubernetes) {
    return new ImageOptions(checkout, output, base, aot, otherKubernetes, registry);
  }

  /** The same, pushed to a registry as well. */
  public ImageOptions pushedTo(String registryAndFolder) {
    return new ImageOptions(
        checkout, output, base, aot, kubernetes, Optional.of(registryAndFolder));
  }
}
