package dev.keygate.scenarios.sequences;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.images.content.FileTree;
import dev.keygate.scenarios.demo.Stage;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Story;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./keygate model --real}. */
@Command(
    name = "keygate model",
    description = "Plays random sequences on the shipped operator and a real API server.",
    mixinStandardHelpOptions = true)
public final class SequencesMain implements Callable<Integer> {

  @Option(names = "--real", paramLabel = "N", required = true, description = "How many sequences.")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The first sequence's seed; each next one has the next number.")
  private @Nullable Long first;

  /** Whether the JVM goes down; what fails from then on breaks no rule. */
  private volatile boolean ending;

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Ends the process with the exit code: 0 if every rule was kept, 1 if not.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SequencesMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path folder = Files.createTempDirectory("keygate-");
    SystemTime time = new SystemTime();
    try (ChildProcesses children = ChildProcesses.open(time)) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(children)));
      Story story = new Story(out, time);
      Artefacts artefacts = Artefacts.find();
      BinaryOptions binaries = BinaryOptions.from(System.getenv());
      try (Stage stage = Stage.set(artefacts, folder, binaries, children, story)) {
        playAll(RealWorld.on(stage), first == null ? time.now().getEpochSecond() : first, story);
      }
    } catch (Surprise surprise) {
      if (!ending) {
        out.println("Not as expected: " + surprise.getMessage());
        out.println("Logs are kept in " + folder);
      }
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      out.flush();
    }
    FileTree.delete(folder);
    return CommandLine.ExitCode.OK;
  }

  private void end(ChildProcesses children) {
    ending = true;
    children.close();
  }

  private void playAll(RealWorld world, long seed, Story story)
      throws Surprise, InterruptedException {
    for (int i = 0; i < count; i++) {
      world.renewTokens();
      try (VaultHand hand = world.hand()) {
        play(new Sequence(world, hand, seed + i, "s" + i), seed + i, story);
      }
    }
    story.note(count + " sequences, from seed " + seed + " on");
  }

  private static void play(Sequence sequence, long seed, Story story)
      throws Surprise, InterruptedException {
    try {
      story.step(
          "sequence " + seed,
          () -> {
            sequence.play();
            return sequence.told().size() + " steps";
          });
    } catch (Surprise surprise) {
      sequence.told().forEach(story::note);
      throw new Surprise(
          "./keygate model --real 1 --seed " + seed + ": " + surprise.getMessage(), surprise);
    }
  }
}
