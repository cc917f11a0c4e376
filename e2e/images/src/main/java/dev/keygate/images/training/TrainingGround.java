package dev.keygate.images.training;

import dev.keygate.cluster.KubernetesControlPlane;
import dev.keygate.cluster.binaries.BinariesUnavailableException;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.Progress;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.emulator.Lab;
import dev.keygate.emulator.LabSetup;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.images.content.Checkout;
import dev.keygate.images.content.FileTree;
import dev.keygate.images.recipe.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What workloads need: a lab, and for the operator a control plane. Its folder is in the system's
 * temporary one, as a Unix socket's path is short, and is deleted with it.
 */
public final class TrainingGround implements AutoCloseable {

  private final Path folder;
  private final Checkout checkout;
  private final ChildProcesses children;
  private final Lab lab;
  private Optional<KubernetesControlPlane> cluster = Optional.empty();

  private TrainingGround(Path folder, Checkout checkout, ChildProcesses children, Lab lab) {
    this.folder = folder;
    this.checkout = checkout;
    this.children = children;
    this.lab = lab;
  }

  /** Starts a lab. */
  public static TrainingGround open(Checkout checkout, ChildProcesses children) throws IOException {
    Path folder = Files.createTempDirectory("keygate-images-");
    Lab lab =
        Lab.start(LabDescription.standard(), LabSetup.in(folder.resolve("lab"), children.time()));
    return new TrainingGround(folder, checkout, children, lab);
  }

  /**
   * The daily life of a product, ready to begin; starts a control plane if it needs one.
   *
   * @param binaries where Kubernetes comes from
   */
  public Workload workload(Product product, BinaryOptions binaries, Progress progress)
      throws IOException, InterruptedException {
    Path own = folder.resolve(product.imageName());
    return switch (product) {
      case SIDECAR -> SidecarWorkload.prepare(lab, own, children.time());
      case OPERATOR ->
          OperatorWorkload.prepare(cluster(binaries, progress), lab, checkout.deploy(), own);
    };
  }

  /** The lab. */
  public Lab lab() {
    return lab;
  }

  private KubernetesControlPlane cluster(BinaryOptions binaries, Progress progress)
      throws IOException, InterruptedException {
    if (cluster.isPresent()) {
      return cluster.get();
    }
    try {
      ClusterBinaries kubernetes = ClusterBinaries.obtain(binaries, children, progress);
      KubernetesControlPlane started =
          KubernetesControlPlane.start(kubernetes, folder.resolve("kubernetes"), children);
      cluster = Optional.of(started);
      return started;
    } catch (BinariesUnavailableException e) {
      throw new IOException(
          "the operator is trained on a Kubernetes control plane, which cannot be had: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    cluster.ifPresent(KubernetesControlPlane::close);
    lab.close();
    FileTree.delete(folder);
  }
}
