package dev.keygate.images.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.ImageOptions;
import dev.keygate.images.ProductImages;
import dev.keygate.images.content.Checkout;
import dev.keygate.images.rootfs.Privilege;

/** The images of this checkout, on this machine's C library, with their AOT caches. */
public final class BuiltImages {

  private BuiltImages() {}

  /** Builds what changed; skips, and in CI fails, where the machine allows no training. */
  public static ProductImages of(ChildProcesses children) throws Exception {
    if (Privilege.find(children).isEmpty()) {
      assertThat(System.getenv("CI")).as("a skip is a failure in CI").isNull();
      assumeTrue(false, "skipped: neither root nor user namespaces, so no image can be entered");
    }
    return ProductImages.build(options(), children, _ -> {});
  }

  /** What they are built from. */
  public static ImageOptions options() throws Exception {
    return ImageOptions.forThisMachine(Checkout.find(), System.getenv());
  }
}
