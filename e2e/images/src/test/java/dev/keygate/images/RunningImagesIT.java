package dev.keygate.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.images.content.Checkout;
import dev.keygate.images.recipe.ImageLayout;
import dev.keygate.images.recipe.Product;
import dev.keygate.images.rootfs.Privilege;
import dev.keygate.images.testing.BuiltImages;
import dev.keygate.images.testing.EnteredImage;
import dev.keygate.images.training.TrainingGround;
import dev.keygate.images.training.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The images' entry points in their own file systems, with a cache that must fit. */
class RunningImagesIT {

  private static final Logger LOG = Logger.getLogger(RunningImagesIT.class.getName());
  private static final SystemTime TIME = new SystemTime();
  private static final ChildProcesses CHILDREN = ChildProcesses.open(TIME);

  @TempDir private static Path folder;
  private static Map<Product, EnteredImage> entered;

  @BeforeAll
  static void layOut() throws Exception {
    ProductImages images = BuiltImages.of(CHILDREN);
    Privilege privilege = Privilege.find(CHILDREN).orElseThrow();
    entered = new EnumMap<>(Product.class);
    for (Product product : Product.values()) {
      entered.put(
          product,
          EnteredImage.layOut(
              images.of(product).archive(),
              folder.resolve(product.imageName()),
              privilege,
              CHILDREN));
    }
  }

  @AfterAll
  static void end() {
    CHILDREN.close();
  }

  /** Training and this do the same work; here the cache is used, the root cannot be changed. */
  @ParameterizedTest
  @EnumSource(Product.class)
  void doesItsWorkOnAReadOnlyRootAsNobody(Product product) throws Exception {
    try (TrainingGround ground = TrainingGround.open(Checkout.find(), CHILDREN)) {
      Workload workload = ground.workload(product, BinaryOptions.from(System.getenv()), _ -> {});
      EnteredImage image = entered(product);

      long begun = TIME.nanoTime();
      ChildProcess process =
          image.start(
              product.imageName(),
              workload.process(image.entrypoint()),
              Path.of("target", "running"));
      workload.awaitReady(process);
      long readyMillis = (TIME.nanoTime() - begun) / 1_000_000;
      long idleBytes = process.memory().currentBytes();
      workload.drive(process);

      LOG.info(
          "%s: ready after %d ms, resident %d MiB, after its work %d MiB, at most %d MiB"
              .formatted(
                  product.imageName(),
                  readyMillis,
                  idleBytes >> 20,
                  process.memory().currentBytes() >> 20,
                  process.memory().peakBytes() >> 20));
      assertThat(process.isAlive()).isTrue();
      process.stop();
      assertThat(process.exitCode()).hasValue(143);
    }
  }

  @Test
  void theSidecarExplainsItself() throws Exception {
    CommandResult help = entered(Product.SIDECAR).run("--help");

    assertThat(help.exitCode()).as(help.stderr()).isZero();
    assertThat(help.stdout()).contains("Usage: keygate-sidecar");
    assertThat(help.stderr()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Product.class)
  void aCacheThatNoLongerFitsIsRefused(Product product) throws Exception {
    Path jar = entered(product).inside(ImageLayout.RUN_JAR);
    FileTime trained = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH.plusSeconds(2)));
    try {
      CommandResult refused = entered(product).run("--help");

      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.stdout() + refused.stderr()).containsIgnoringCase("aot");
    } finally {
      Files.setLastModifiedTime(jar, trained);
    }
  }

  private static EnteredImage entered(Product product) {
    return Optional.ofNullable(entered.get(product)).orElseThrow();
  }
}
