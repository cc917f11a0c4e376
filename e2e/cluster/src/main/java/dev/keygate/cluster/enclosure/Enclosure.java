package dev.keygate.cluster.enclosure;

import dev.keygate.cluster.process.ChildCommand;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Namespaces that end with their first process, whoever ends that: this object, the JVM on its way
 * down, or the kernel when the JVM is killed. Needs root. Safe for use by several threads.
 */
public final class Enclosure implements AutoCloseable {

  private static final Duration WITHIN = Duration.ofSeconds(20);

  // unshare blocks SIGTERM while it waits; the shell before it does not, and takes it along.
  private static final List<String> NEW_NAMESPACES =
      List.of(
          "sh",
          "-c",
          "setpriv --pdeathsig KILL -- \"$@\" & wait",
          "sh",
          "unshare",
          "--mount",
          "--net",
          "--pid",
          "--fork",
          "--kill-child=SIGKILL",
          "--mount-proc",
          "--propagation=private");

  private final Path holder;
  private final Path logs;
  private final ChildProcesses children;
  private final ChildProcess entrance;
  private final long firstProcess;

  private Enclosure(
      Path holder, Path logs, ChildProcesses children, ChildProcess entrance, long firstProcess) {
    this.holder = holder;
    this.logs = logs;
    this.children = children;
    this.entrance = entrance;
    this.firstProcess = firstProcess;
  }

  /**
   * Makes the namespaces. There is only an interface {@code lo}, which is up.
   *
   * @param holder an executable that waits until it is ended and reaps whatever is left to it
   * @param logs the folder for the logs of what runs in there
   * @throws IOException if the machine does not permit it
   */
  public static Enclosure open(Path holder, Path logs, ChildProcesses children)
      throws IOException, InterruptedException {
    Path resolved = holder.toRealPath();
    CommandPrefix making = new CommandPrefix(NEW_NAMESPACES);
    ChildProcess entrance = children.start(making.before(holding("namespaces", resolved, logs)));
    Enclosure enclosure =
        new Enclosure(resolved, logs, children, entrance, awaitHolder(entrance, resolved));
    enclosure.require("ip", "link", "set", "lo", "up");
    return enclosure;
  }

  /** Brings a command into all of the namespaces; it ends with them. */
  public CommandPrefix inside() {
    return entering(firstProcess);
  }

  /** Brings a command into the network alone: it sees this machine's files and processes. */
  public CommandPrefix network() {
    return new CommandPrefix(List.of("nsenter", "--target=" + firstProcess, "--net", "--"));
  }

  /**
   * A further mount namespace in the same network, for what needs the same places in the file
   * system as another process in there.
   *
   * @return brings a command into it
   */
  public CommandPrefix openMounts(String name) throws IOException, InterruptedException {
    CommandPrefix unsharing =
        new CommandPrefix(
            inside().before(List.of("unshare", "--mount", "--propagation=private", "--")));
    ChildProcess entrance =
        children.start(unsharing.before(holding("mounts-" + name, holder, logs)));
    return entering(awaitHolder(entrance, holder));
  }

  /**
   * Runs a short command in all of the namespaces.
   *
   * @throws IOException if it fails; quotes it and the first line of what it answered
   */
  public void require(String... command) throws IOException, InterruptedException {
    require(inside(), "", List.of(command));
  }

  /**
   * Runs a short command.
   *
   * @param place brings it to where it runs
   * @param stdin what it reads
   * @throws IOException if it fails; quotes it and the first line of what it answered
   */
  public void require(CommandPrefix place, String stdin, List<String> command)
      throws IOException, InterruptedException {
    require(place, stdin, command, WITHIN);
  }

  /** The same for one that may take longer. */
  public void require(CommandPrefix place, String stdin, List<String> command, Duration within)
      throws IOException, InterruptedException {
    CommandResult result = children.run(place.before(command), Map.of(), stdin, within);
    if (!result.isSuccess()) {
      throw new IOException(String.join(" ", command) + ": " + result.firstLine());
    }
  }

  /** Own what runs in there as far as this process started it. */
  public ChildProcesses children() {
    return children;
  }

  /** The number of the process whose end is the end of everything in there. */
  public long firstProcess() {
    return firstProcess;
  }

  /** Ends everything in there at once, without asking it. */
  @Override
  public void close() {
    ProcessHandle.of(firstProcess).ifPresent(ProcessHandle::destroyForcibly);
    entrance.stop();
  }

  private static ChildCommand holding(String name, Path holder, Path logs) {
    return ChildCommand.of(name, List.of(holder.toString()), logs.resolve(name + ".log"));
  }

  private static long awaitHolder(ChildProcess entrance, Path holder)
      throws IOException, InterruptedException {
    entrance.awaitReady(() -> entrance.descendantRunning(holder).isPresent(), WITHIN);
    return entrance.descendantRunning(holder).orElseThrow();
  }

  private static CommandPrefix entering(long process) {
    return new CommandPrefix(
        List.of("nsenter", "--target=" + process, "--mount", "--net", "--pid", "--"));
  }
}
