package dev.keygate.scenarios.demo;

import dev.keygate.cluster.Kubectl;
import dev.keygate.cluster.KubernetesControlPlane;
import dev.keygate.cluster.binaries.BinariesUnavailableException;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.lab.LabPlace;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Story;
import dev.keygate.scenarios.story.Story.ProcessFigure;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the demo plays on: the lab, the control plane, and the processes of ours on top. All of it
 * ends with this, and its files are in one folder.
 */
public final class Stage implements AutoCloseable {

  /** Where the app lives. */
  static final String NAMESPACE = "shop";

  /** Who the app is. */
  static final String SERVICE_ACCOUNT = "orders-api";

  private static final String SYSTEM_NAMESPACE = "keygate-system";
  private static final String OPERATOR = "keygate-operator";
  private static final String EXCHANGE = "api://AzureADTokenExchange";
  private static final Duration TOKEN_VALIDITY = Duration.ofMinutes(10);

  private final Artefacts artefacts;
  private final Path folder;
  private final TimeSource time;
  private final ChildProcesses children;
  private final List<ChildProcess> ours = new ArrayList<>();
  private final LabProcess lab;
  private final KubernetesControlPlane cluster;
  private final Path kubectlFile;

  private Stage(
      Artefacts artefacts,
      Path folder,
      ChildProcesses children,
      LabProcess lab,
      Kubernetes kubernetes) {
    this.artefacts = artefacts;
    this.folder = folder;
    this.time = children.time();
    this.children = children;
    this.lab = lab;
    this.cluster = kubernetes.controlPlane();
    this.kubectlFile = kubernetes.binaries().path(ClusterBinary.KUBECTL);
    ours.add(lab.process());
  }

  /** Gets the executables and starts lab and control plane at the same time. */
  public static Stage set(
      Artefacts artefacts,
      Path folder,
      BinaryOptions binaries,
      ChildProcesses children,
      Story story)
      throws Surprise, InterruptedException {
    try {
      ClusterBinaries kubernetes = ClusterBinaries.obtain(binaries, children, story::note);
      LabProcess lab =
          LabProcess.start(artefacts.lab(), folder.resolve("logs"), LabPlace.here(), children);
      KubernetesControlPlane cluster =
          KubernetesControlPlane.start(kubernetes, folder.resolve("kubernetes"), children);
      lab.awaitReady();
      return new Stage(artefacts, folder, children, lab, new Kubernetes(kubernetes, cluster));
    } catch (BinariesUnavailableException e) {
      throw new Surprise(e);
    } catch (IOException e) {
      throw new Surprise("the control plane does not start: " + e.getMessage(), e);
    }
  }

  /** What the build made. */
  public Artefacts artefacts() {
    return artefacts;
  }

  Path folder() {
    return folder;
  }

  /** The time of all of it. */
  public TimeSource time() {
    return time;
  }

  /** Azure. */
  public LabProcess lab() {
    return lab;
  }

  KubernetesControlPlane cluster() {
    return cluster;
  }

  /** The executable, for shells. */
  Path kubectlFile() {
    return kubectlFile;
  }

  /** kubectl as the administrator, whose refusals are answers. */
  public Kubectl kubectl() {
    return cluster.kubectl();
  }

  /** kubectl that must succeed. */
  public String kubectl(String... arguments) throws Surprise, InterruptedException {
    try {
      return kubectl().require(arguments).strip();
    } catch (IOException e) {
      throw new Surprise(e);
    }
  }

  /** Starts a process of ours, which the closing table will list. */
  ChildProcess start(JavaProcess process) throws Surprise {
    try {
      ChildProcess child = children.start(process.child(folder.resolve("logs"), Map.of()));
      ours.add(child);
      return child;
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  /** Runs a process of ours to its end. */
  CommandResult run(JavaProcess process) throws Surprise, InterruptedException {
    try {
      return children.run(process.command(), Map.of(), "", Duration.ofSeconds(60));
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  /** Installs kinds, roles and the operator's account; what runs is started beside. */
  public void install() throws Surprise, InterruptedException {
    kubectl("apply", "-f", artefacts.customResourceDefinitions().toString());
    kubectl("apply", "-f", artefacts.installation().toString());
  }

  /** The same with the app's service account, and both accounts as identities of Entra. */
  public void installWithAccounts() throws Surprise, InterruptedException {
    install();
    Path examples = artefacts.examples();
    kubectl("apply", "-f", examples.resolve("00.Namespace.shop.yaml").toString());
    kubectl("apply", "-f", examples.resolve("10.ServiceAccount.orders-api.yaml").toString());
    federate();
  }

  /** Makes the two service accounts identities of Entra and writes their tokens. */
  void federate() throws Surprise, InterruptedException {
    String ca = read(cluster.caCertificate());
    String prefix = "system:serviceaccount:";
    lab.federate("operator", cluster.issuer(), prefix + SYSTEM_NAMESPACE + ":" + OPERATOR, ca);
    lab.federate("workload", cluster.issuer(), prefix + NAMESPACE + ":" + SERVICE_ACCOUNT, ca);
    renewTokens();
  }

  /** What a kubelet does for projected tokens: asks for new ones and replaces the files. */
  public void renewTokens() throws Surprise, InterruptedException {
    write(operatorToken(), SYSTEM_NAMESPACE, OPERATOR);
    write(workloadToken(), NAMESPACE, SERVICE_ACCOUNT);
  }

  Path operatorToken() {
    return folder.resolve("tokens").resolve("operator");
  }

  Path workloadToken() {
    return folder.resolve("tokens").resolve("workload");
  }

  Path operatorKubeconfig() throws Surprise, InterruptedException {
    try {
      return cluster.kubeconfigFor(SYSTEM_NAMESPACE, OPERATOR);
    } catch (IOException e) {
      throw new Surprise("no token for the operator: " + e.getMessage(), e);
    }
  }

  private void write(Path file, String namespace, String serviceAccount)
      throws Surprise, InterruptedException {
    try {
      Files.createDirectories(folder.resolve("tokens"));
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(
          fresh,
          cluster.requestToken(namespace, serviceAccount, EXCHANGE, TOKEN_VALIDITY).compact());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Surprise("no token for " + serviceAccount + ": " + e.getMessage(), e);
    }
  }

  private static String read(Path file) throws Surprise {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new Surprise("cannot read " + file, e);
    }
  }

  /** What the processes that still run need. */
  List<ProcessFigure> figures() throws Surprise {
    List<ChildProcess> all = new ArrayList<>(ours);
    all.addAll(cluster.processes());
    List<ProcessFigure> figures = new ArrayList<>();
    for (ChildProcess each : all) {
      if (each.isAlive()) {
        try {
          figures.add(
              new ProcessFigure(
                  each.name(),
                  each.memory().currentBytes() >> 20,
                  each.memory().peakBytes() >> 20));
        } catch (IOException e) {
          throw new Surprise(each.name() + " ended unasked", e);
        }
      }
    }
    return figures;
  }

  /** A control plane and the executables that it was started from. */
  private record Kubernetes(ClusterBinaries binaries, KubernetesControlPlane controlPlane) {}

  @Override
  public void close() {
    cluster.close();
    children.close();
  }
}
