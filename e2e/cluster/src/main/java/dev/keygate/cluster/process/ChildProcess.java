package dev.keygate.cluster.process;

import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running child. Started by {@link ChildProcesses}, which also ends it if nobody else does. Safe
 * for use by several threads.
 */
public final class ChildProcess implements AutoCloseable {

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final Duration POLL_EVERY = Duration.ofMillis(25);
  private static final int QUOTED_LINES = 12;

  private final ChildCommand command;
  private final Process process;
  private final TimeSource time;
  private volatile boolean stopRequested;

  ChildProcess(ChildCommand command, Process process, TimeSource time) {
    this.command = command;
    this.process = process;
    this.time = time;
  }

  /** The name given to it. */
  public String name() {
    return command.name();
  }

  /** The operating system's number of it. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** How it ended: 128 + n where signal n ended it; empty while it runs. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /**
   * The number of a process below it that runs this executable now: what a child has become that
   * only enters a namespace and then waits for what it started there.
   *
   * @param executable with all links resolved
   */
  public OptionalLong descendantRunning(Path executable) {
    return process
        .descendants()
        .filter(below -> below.info().command().filter(executable.toString()::equals).isPresent())
        .mapToLong(ProcessHandle::pid)
        .findFirst();
  }

  /**
   * Its memory now and at most.
   *
   * @throws IOException if it has ended
   */
  public ResidentMemory memory() throws IOException {
    return ResidentMemory.of(process.pid());
  }

  /**
   * The memory of the largest process among it and those below it: the child itself, or what it
   * entered a namespace for.
   *
   * @throws IOException if it has ended
   */
  public ResidentMemory largestMemory() throws IOException {
    ResidentMemory largest = memory();
    for (ProcessHandle below : process.descendants().toList()) {
      try {
        ResidentMemory other = ResidentMemory.of(below.pid());
        largest = other.currentBytes() > largest.currentBytes() ? other : largest;
      } catch (IOException e) {
        // It ended since it was listed.
      }
    }
    return largest;
  }

  /** At most this many last lines of what it wrote. */
  public List<String> lastLogLines(int count) {
    return LogTail.lastLines(command.log(), count);
  }

  /**
   * Waits until the child can be used.
   *
   * @throws ChildProcessException if it ends first, is not ready in time, or the readiness itself
   *     throws one because another child has ended; quotes the log
   */
  public void awaitReady(Readiness readiness, Duration within)
      throws ChildProcessException, InterruptedException {
    long deadline = time.nanoTime() + within.toNanos();
    IOException last = null;
    while (true) {
      requireAlive();
      try {
        if (readiness.isReady()) {
          return;
        }
        last = null;
      } catch (ChildProcessException e) {
        throw e;
      } catch (IOException e) {
        last = e;
      }
      if (time.nanoTime() - deadline >= 0) {
        throw notReady(within, last);
      }
      time.sleep(POLL_EVERY);
    }
  }

  /**
   * Does nothing while it runs.
   *
   * @throws ChildProcessException if it has ended; quotes its log
   */
  public void requireAlive() throws ChildProcessException {
    if (!process.isAlive()) {
      throw endedEarly();
    }
  }

  /** Waits for its end: the exit code, or empty if it still runs after that time. */
  public OptionalInt awaitExit(Duration within) throws InterruptedException {
    long deadline = time.nanoTime() + within.toNanos();
    while (process.isAlive()) {
      if (time.nanoTime() - deadline >= 0) {
        return OptionalInt.empty();
      }
      time.sleep(POLL_EVERY);
    }
    return exitCode();
  }

  /**
   * Ends it and everything it started: SIGTERM, then SIGKILL to what is left after five seconds.
   * Returns when it has ended; does nothing if it already has.
   */
  public void stop() {
    stopRequested = true;
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    awaitEndAndKill();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Ends it at once with SIGKILL, as the kernel does when there is no memory left; what it started
   * lives on. Returns when it has ended.
   */
  public void kill() {
    stopRequested = true;
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Same as {@link #stop()}. */
  @Override
  public void close() {
    stop();
  }

  private void awaitEndAndKill() {
    boolean interrupted = false;
    try {
      if (process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    process.destroyForcibly();
    process.onExit().join();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private ChildProcessException endedEarly() {
    String how =
        stopRequested
            ? " was stopped while it was needed"
            : " ended with exit code " + process.exitValue() + " while it was needed";
    return new ChildProcessException(command.name() + how + quotedLog());
  }

  private ChildProcessException notReady(Duration within, @Nullable IOException last) {
    String why = last == null ? "" : " (" + last + ")";
    return new ChildProcessException(
        command.name() + " was not ready within " + within.toSeconds() + " s" + why + quotedLog(),
        last);
  }

  private String quotedLog() {
    List<String> lines = lastLogLines(QUOTED_LINES);
    if (lines.isEmpty()) {
      return "; its log " + command.log() + " is empty";
    }
    return "; the end of its log " + command.log() + ":\n  " + String.join("\n  ", lines);
  }
}
