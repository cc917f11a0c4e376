package dev.keygate.scenarios.demo;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.node.NodeSupport;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.content.FileTree;
import dev.keygate.scenarios.pods.PodDemo;
import dev.keygate.scenarios.pods.PodStage;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Story;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./keygate demo}. */
@Command(
    name = "keygate demo",
    description = "Releases a key end to end on this machine and shows who refuses and why.",
    mixinStandardHelpOptions = true)
public final class DemoMain implements Callable<Integer> {

  @Option(
      names = "--k8s-bin",
      paramLabel = "DIR",
      description = "A folder with kube-apiserver, kube-controller-manager, etcd and kubectl.")
  private @Nullable Path kubernetes;

  @Option(
      names = "--cluster",
      description = "Play it with real pods on two nodes in namespaces of their own; needs root.")
  private boolean cluster;

  @Option(
      names = "--keep",
      description = "Keep the folder with logs and keys of the lab, and say where it is.")
  private boolean keep;

  @Option(
      names = "--stay",
      description =
          "Tell nothing: start the lab, an API server and the operator, say how a shell gets at"
              + " them, and stay until Ctrl-C (docs/tutorial.md).")
  private boolean stay;

  /** Whether the JVM goes down; what fails from then on is no surprise. */
  private volatile boolean ending;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Ends the process with the exit code: 0 if all went as told, 1 on any surprise.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DemoMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("keygate-");
    SystemTime time = new SystemTime();
    BinaryOptions binaries = BinaryOptions.from(System.getenv());
    try (ChildProcesses children = ChildProcesses.open(time)) {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(() -> endAndDelete(children, folder)));
      Story story = new Story(out, time);
      BinaryOptions source = kubernetes == null ? binaries : binaries.withFolder(kubernetes);
      if (cluster) {
        return tellOfPods(story, folder, source, children);
      }
      story.chapter("The stage");
      try (Stage stage = set(story, folder, source, children)) {
        return stay ? stay(stage, story) : tell(stage, story);
      }
    } catch (Surprise surprise) {
      if (!ending) {
        out.println();
        out.println("Not as expected: " + surprise.getMessage());
        keep = true;
      }
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      if (!ending) {
        out.println(keep ? "Logs are kept in " + folder : "Nothing is left running.");
        out.flush();
      }
    }
  }

  private static Stage set(
      Story story, Path folder, BinaryOptions binaries, ChildProcesses children)
      throws Surprise, InterruptedException {
    Artefacts artefacts = Artefacts.find();
    Stage[] set = new Stage[1];
    story.step(
        "a lab of Azure's services and three confidential VMs, and a Kubernetes control plane",
        () -> {
          set[0] = Stage.set(artefacts, folder, binaries, children, story);
          return "lab behind proxy "
              + set[0].lab().proxy()
              + ", API server at "
              + set[0].cluster().issuer();
        });
    return set[0];
  }

  private static int tell(Stage stage, Story story) throws Surprise, InterruptedException {
    new Demo(stage, story).tell();
    return 0;
  }

  /** Ends by Ctrl-C alone. */
  private static int stay(Stage stage, Story story) throws Surprise, InterruptedException {
    Playground playground = Playground.set(stage, story);
    story.chapter("In another terminal, in this folder:");
    story.note("source " + playground.environment());
    playground.stay();
    return 0;
  }

  private static int tellOfPods(
      Story story, Path folder, BinaryOptions binaries, ChildProcesses children)
      throws Surprise, InterruptedException {
    requireNodes(folder, binaries, children);
    Artefacts artefacts = Artefacts.find();
    story.chapter("The stage");
    PodStage[] set = new PodStage[1];
    story.step(
        "two real nodes, the product's images, a lab in their network",
        () -> {
          set[0] = PodStage.set(artefacts, folder, binaries, children, story::note);
          return "API server at " + set[0].cluster().controlPlane().issuer();
        });
    try (PodStage stage = set[0]) {
      new PodDemo(stage, story).tell();
    }
    return 0;
  }

  private static void requireNodes(Path folder, BinaryOptions binaries, ChildProcesses children)
      throws Surprise, InterruptedException {
    Optional<String> obstacle = new NodeSupport(binaries, folder, children).obstacle();
    if (obstacle.isPresent()) {
      throw new Surprise(obstacle.get());
    }
  }

  /** Hooks run side by side: the files go once nobody writes them any more. */
  private void endAndDelete(ChildProcesses children, Path folder) {
    ending = true;
    children.close();
    if (keep || !Files.exists(folder)) {
      return;
    }
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      spec.commandLine().getErr().println("cannot delete " + folder + ": " + e.getMessage());
    }
  }
}
