package dev.keygate.cluster.process;

import dev.keygate.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The children of this process. They end, the youngest first, when this is closed or the JVM goes
 * down on a signal; where util-linux is installed the kernel kills them if we are killed outright,
 * and a Ctrl-C at the terminal reaches only us, so that they end in order. Safe for use by several
 * threads.
 */
public final class ChildProcesses implements AutoCloseable {

  private static final List<String> TIED_TO_PARENT =
      List.of("setsid", "setpriv", "--pdeathsig", "KILL", "--");

  private final TimeSource time;
  private final List<String> prefix;
  private final Thread hook = Thread.ofPlatform().unstarted(this::stopAll);
  // The kernel's parent-death signal follows the starting thread, not the process: children must be
  // started by a thread that lives as long as they do.
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("child-starter").factory());
  private final Deque<ChildProcess> children = new ArrayDeque<>();
  private final Deque<Process> commands = new ArrayDeque<>();
  private boolean closed;

  private ChildProcesses(TimeSource time, List<String> prefix) {
    this.time = time;
    this.prefix = prefix;
  }

  /** An empty set of children, tied to the end of the JVM from now on. */
  public static ChildProcesses open(TimeSource time) {
    ChildProcesses children =
        new ChildProcesses(time, canTieToParent() ? TIED_TO_PARENT : List.of());
    Runtime.getRuntime().addShutdownHook(children.hook);
    return children;
  }

  /** The time by which the children are waited for. */
  public TimeSource time() {
    return time;
  }

  /**
   * Starts a child that keeps running. Its stdin is empty.
   *
   * @throws ChildProcessException if the operating system refuses, or the JVM is going down
   */
  public ChildProcess start(ChildCommand command) throws ChildProcessException {
    ProcessBuilder builder = builder(command.command(), command.environment());
    try {
      Files.createDirectories(directoryOf(command).toPath());
    } catch (IOException e) {
      throw new ChildProcessException(
          "cannot make the folder of " + command.name() + "'s log: " + e, e);
    }
    builder
        .directory(directoryOf(command))
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
    synchronized (this) {
      ChildProcess child = new ChildProcess(command, launch(builder), time);
      children.removeIf(other -> !other.isAlive());
      children.push(child);
      return child;
    }
  }

  /**
   * Runs a short command to its end and returns what it answered, whatever its exit code.
   *
   * @param environment added to, or replacing, what this process has
   * @param stdin what it reads, as UTF-8
   * @throws ChildProcessException if it cannot be started or takes longer than {@code within}
   */
  public CommandResult run(
      List<String> command, Map<String, String> environment, String stdin, Duration within)
      throws ChildProcessException, InterruptedException {
    Process process;
    synchronized (this) {
      process = launch(builder(command, environment));
      commands.push(process);
    }
    try {
      return CommandExchange.complete(process, stdin, within);
    } catch (ChildProcessException e) {
      throw new ChildProcessException(command.getFirst() + " " + e.getMessage(), e);
    } finally {
      process.destroyForcibly();
      synchronized (this) {
        commands.remove(process);
      }
    }
  }

  /** Ends all children, the youngest first, and starts no more. */
  @Override
  public void close() {
    stopAll();
    starter.shutdown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already going down: the hook has run or is running.
    }
  }

  private void stopAll() {
    List<ChildProcess> youngestFirst;
    synchronized (this) {
      closed = true;
      commands.forEach(Process::destroyForcibly);
      youngestFirst = new ArrayList<>(children);
    }
    youngestFirst.forEach(ChildProcess::stop);
  }

  private Process launch(ProcessBuilder builder) throws ChildProcessException {
    if (closed) {
      throw new ChildProcessException(
          builder.command().get(prefix.size()) + " is not started: this process is ending");
    }
    try {
      return CompletableFuture.supplyAsync(() -> startUnchecked(builder), starter).join();
    } catch (CompletionException e) {
      throw new ChildProcessException("cannot start a child: " + e.getCause(), e.getCause());
    }
  }

  private static Process startUnchecked(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private ProcessBuilder builder(List<String> command, Map<String, String> environment) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    return builder;
  }

  private static File directoryOf(ChildCommand command) {
    File directory = command.log().toFile().getParentFile();
    if (directory == null) {
      throw new IllegalArgumentException("the log of " + command.name() + " is a root folder");
    }
    return directory;
  }

  private static boolean canTieToParent() {
    List<String> attempt = new ArrayList<>(TIED_TO_PARENT);
    attempt.add("true");
    try {
      Process process = new ProcessBuilder(attempt).redirectErrorStream(true).start();
      return process.onExit().join().exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
