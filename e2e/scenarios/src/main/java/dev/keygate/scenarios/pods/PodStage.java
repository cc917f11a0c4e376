package dev.keygate.scenarios.pods;

import dev.keygate.cluster.ClusterOptions;
import dev.keygate.cluster.Kubectl;
import dev.keygate.cluster.KubernetesCluster;
import dev.keygate.cluster.binaries.BinariesUnavailableException;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.image.TestImage;
import dev.keygate.cluster.node.DevicePluginOptions;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.ImageOptions;
import dev.keygate.images.ProductImages;
import dev.keygate.images.content.Checkout;
import dev.keygate.scenarios.lab.LabPlace;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that an installation stands on: two real nodes, the product's images on them, the lab
 * in the cluster's network, the stand-in of the vTPM's device plugin. Ends with this; its files are
 * in one folder.
 */
public final class PodStage implements AutoCloseable {

  /** The lab's machine that the confidential node is. */
  private static final Duration SOON = Duration.ofSeconds(60);

  public static final String MACHINE = "cvm-1";

  /** The group that owns the vTPM's device on the node. */
  public static final int DEVICE_GROUP = 111;

  /** Where the metadata service of Azure answers, and so the lab's. */
  static final String METADATA_ADDRESS = "169.254.169.254";

  private final Artefacts artefacts;
  private final Path folder;
  private final ChildProcesses children;
  private final ProductImages images;
  private final KubernetesCluster cluster;
  private final LabProcess lab;

  private PodStage(
      Files files,
      ChildProcesses children,
      ProductImages images,
      KubernetesCluster cluster,
      LabProcess lab) {
    this.artefacts = files.artefacts();
    this.folder = files.folder();
    this.children = children;
    this.images = images;
    this.cluster = cluster;
    this.lab = lab;
  }

  /**
   * Gets the executables and images, starts cluster and lab.
   *
   * @param folder for all files
   * @param progress is told what takes long
   */
  public static PodStage set(
      Artefacts artefacts,
      Path folder,
      BinaryOptions options,
      ChildProcesses children,
      Consumer<String> progress)
      throws Surprise, InterruptedException {
    try {
      ClusterBinaries binaries =
          ClusterBinaries.obtainWithNode(options, children, progress::accept);
      ClusterOptions plain = ClusterOptions.plain().withAddress(METADATA_ADDRESS + "/32");
      ProductImages images =
          ProductImages.build(
              ImageOptions.forThisMachine(new Checkout(artefacts.root()), System.getenv()),
              children,
              progress::accept);
      KubernetesCluster cluster =
          KubernetesCluster.start(
              binaries,
              plain.withImages(archives(folder, binaries, images)),
              folder.resolve("cluster"),
              children);
      LabProcess lab = startLab(artefacts, folder, cluster, children);
      LabProcess.Machine machine = lab.machine(MACHINE);
      cluster.startDevicePlugin(
          DevicePluginOptions.of(machine.eventLog()).withLab(machine.folder()));
      return new PodStage(new Files(artefacts, folder), children, images, cluster, lab);
    } catch (BinariesUnavailableException e) {
      throw new Surprise(e);
    } catch (IOException e) {
      throw new Surprise("the cluster does not start: " + e.getMessage(), e);
    }
  }

  private record Files(Artefacts artefacts, Path folder) {}

  private static List<Path> archives(Path folder, ClusterBinaries binaries, ProductImages product)
      throws IOException, InterruptedException {
    Path tests = folder.resolve("images");
    return List.of(
        TestImage.PAUSE.write(binaries, tests),
        TestImage.PROBE.write(binaries, tests),
        product.operator().archive(),
        product.sidecar().archive());
  }

  private static LabProcess startLab(
      Artefacts artefacts, Path folder, KubernetesCluster cluster, ChildProcesses children)
      throws Surprise, InterruptedException {
    List<String> listening =
        List.of(
            "--address",
            KubernetesCluster.GATEWAY,
            "--imds",
            MACHINE + "=" + METADATA_ADDRESS + ":80");
    LabProcess lab =
        LabProcess.start(
            artefacts.lab(),
            folder.resolve("logs"),
            new LabPlace(cluster.network(), listening),
            children);
    lab.awaitReady();
    return lab;
  }

  /** The checkout. */
  public Artefacts artefacts() {
    return artefacts;
  }

  /** For files of whoever plays here. */
  public Path folder() {
    return folder;
  }

  /** The product's images, which both nodes have. */
  public ProductImages images() {
    return images;
  }

  /** The cluster. */
  public KubernetesCluster cluster() {
    return cluster;
  }

  /** The lab. */
  public LabProcess lab() {
    return lab;
  }

  /** kubectl as the administrator. */
  public Kubectl kubectl() {
    return cluster.kubectl();
  }

  /** Runs what the stage needs. */
  public ChildProcesses children() {
    return children;
  }

  /** Something that becomes true. */
  @FunctionalInterface
  public interface Question {
    /** Whether it is true now. */
    boolean holds() throws Surprise, InterruptedException;
  }

  /**
   * Waits until something is true.
   *
   * @throws Surprise if it is not within a minute
   */
  public void until(String what, Question question) throws Surprise, InterruptedException {
    long deadline = children.time().nanoTime() + SOON.toNanos();
    while (!question.holds()) {
      if (children.time().nanoTime() > deadline) {
        throw new Surprise("not within " + SOON.toSeconds() + " s: " + what);
      }
      children.time().sleep(Duration.ofMillis(200));
    }
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the cluster's files on this machine cannot be removed", e);
    } finally {
      children.close();
    }
  }
}
