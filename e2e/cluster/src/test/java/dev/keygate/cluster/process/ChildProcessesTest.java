package dev.keygate.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildProcessesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path directory;
  private final ChildProcesses children = ChildProcesses.open(new SystemTime());

  @AfterEach
  void stopAll() {
    children.close();
  }

  @Test
  void childIsReadyWhenItSaysSo() throws Exception {
    ChildProcess child = start("echo up; exec sleep 300");

    child.awaitReady(() -> child.lastLogLines(1).contains("up"), MINUTE);

    assertThat(child.isAlive()).isTrue();
    assertThat(child.exitCode()).isEmpty();
  }

  @Test
  void childThatDiesEarlyIsReportedWithTheEndOfItsLog() throws Exception {
    ChildProcess child = start("echo first; echo no port left; exit 7");

    assertThatThrownBy(() -> child.awaitReady(() -> false, MINUTE))
        .isInstanceOf(ChildProcessException.class)
        .hasMessageContaining("exit code 7")
        .hasMessageContaining("no port left");
  }

  @Test
  void childThatIsNeverReadyIsReportedWithItsLastAnswer() throws Exception {
    try (ChildProcesses impatient = ChildProcesses.open(new LeapingTime())) {
      ChildProcess child = impatient.start(shell("exec sleep 300"));

      assertThatThrownBy(
              () ->
                  child.awaitReady(
                      () -> {
                        throw new IOException("connection refused");
                      },
                      MINUTE))
          .isInstanceOf(ChildProcessException.class)
          .hasMessageContaining("within 60 s")
          .hasMessageContaining("connection refused");
    }
  }

  @Test
  void stopEndsWhatTheChildStartedToo() throws Exception {
    ChildProcess child = start("sleep 300 & echo $!; wait");
    child.awaitReady(() -> !child.lastLogLines(1).isEmpty(), MINUTE);
    long grandchild = Long.parseLong(child.lastLogLines(1).getFirst());

    child.stop();

    assertThat(child.isAlive()).isFalse();
    ProcessHandle.of(grandchild).ifPresent(handle -> handle.onExit().join());
    assertThat(ProcessHandle.of(grandchild)).isEmpty();
  }

  @Test
  void killLeavesTheChildNoTimeToTidyUp() throws Exception {
    ChildProcess child = startThatRecordsItsEnd("killed");

    child.kill();

    assertThat(child.exitCode()).hasValue(128 + 9);
    assertThat(directory.resolve("ends")).doesNotExist();
  }

  @Test
  void youngestChildEndsFirst() throws Exception {
    ChildProcess older = startThatRecordsItsEnd("older");
    ChildProcess younger = startThatRecordsItsEnd("younger");

    children.close();

    assertThat(older.isAlive() || younger.isAlive()).isFalse();
    assertThat(directory.resolve("ends")).content().isEqualTo("younger\nolder\n");
  }

  @Test
  void startsNothingOnceClosed() {
    children.close();

    assertThatThrownBy(() -> start("true")).isInstanceOf(ChildProcessException.class);
    assertThatThrownBy(() -> children.run(List.of("true"), Map.of(), "", MINUTE))
        .isInstanceOf(ChildProcessException.class);
  }

  @Test
  void childOutlivesTheThreadThatAskedForIt() throws Exception {
    ChildProcess[] child = new ChildProcess[1];
    Thread shortLived =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    child[0] = start("echo up; exec sleep 300");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    shortLived.join();

    child[0].awaitReady(() -> child[0].lastLogLines(1).contains("up"), MINUTE);

    assertThat(child[0].isAlive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP", "KILL"})
  void childrenEndWithTheirParentHoweverItEnds(String signal) throws Exception {
    assumeTrue(
        !signal.equals("KILL") || Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "skipped: without setpriv, children outlive a killed parent");
    ChildProcess parent =
        children.start(
            ChildCommand.of(
                "parent",
                List.of(
                    // A build in the background may have been started with SIGINT ignored, which a
                    // child inherits.
                    "env",
                    "--default-signal=INT,HUP,TERM",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    ParentMain.class.getName(),
                    directory.resolve("grandchild.log").toString()),
                directory.resolve("parent.log")));
    parent.awaitReady(() -> parent.lastLogLines(1).toString().startsWith("[child "), MINUTE);
    long pid = Long.parseLong(parent.lastLogLines(1).getFirst().substring("child ".length()));
    assertThat(ProcessHandle.of(pid)).isPresent();

    children.run(List.of("kill", "-" + signal, Long.toString(parent.pid())), Map.of(), "", MINUTE);

    assertThat(parent.awaitExit(MINUTE)).isPresent();
    ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void childThatNeedsAnEndedOneIsGivenUpAtOnce() throws Exception {
    ChildProcess needed = start("echo disk full; exit 1");
    ChildProcess child = start("exec sleep 300");

    assertThatThrownBy(
            () ->
                child.awaitReady(
                    () -> {
                      needed.requireAlive();
                      return false;
                    },
                    MINUTE))
        .isInstanceOf(ChildProcessException.class)
        .hasMessageContaining("disk full");
  }

  @Test
  void exitIsAwaitedOnlySoLong() throws Exception {
    assertThat(start("exit 3").awaitExit(MINUTE)).isEqualTo(OptionalInt.of(3));
    assertThat(start("exec sleep 300").awaitExit(Duration.ZERO)).isEmpty();
  }

  @Test
  void commandAnswersOnBothStreams() throws Exception {
    CommandResult result =
        children.run(
            List.of("sh", "-c", "cat; echo $WORD >&2; exit 4"), Map.of("WORD", "b"), "a", MINUTE);

    assertThat(result.stdout()).isEqualTo("a");
    assertThat(result.stderr()).isEqualTo("b\n");
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.firstLine()).isEqualTo("b");
  }

  @Test
  void commandThatTakesTooLongIsEnded() {
    assertThatThrownBy(
            () -> children.run(List.of("sleep", "300"), Map.of(), "", Duration.ofMillis(50)))
        .isInstanceOf(ChildProcessException.class);
  }

  @Test
  void commandThatIsNotThereIsNoSuccess() throws Exception {
    assertThat(children.run(List.of("/no/such/command"), Map.of(), "", MINUTE).isSuccess())
        .isFalse();
  }

  @Test
  void memoryOfAnEndedProcessIsAFailure() throws Exception {
    ChildProcess child = start("exit 0");
    child.awaitExit(MINUTE);

    assertThatThrownBy(child::memory).isInstanceOf(IOException.class);
  }

  @Test
  void findsWhatAChildHasStartedByItsExecutable() throws Exception {
    Path sleep = Path.of("/usr/bin/sleep").toRealPath();
    ChildProcess child = start("sleep 300 & echo $!; wait");
    child.awaitReady(() -> child.descendantRunning(sleep).isPresent(), MINUTE);

    assertThat(child.descendantRunning(sleep))
        .hasValue(Long.parseLong(child.lastLogLines(1).getFirst()));
    assertThat(child.descendantRunning(Path.of("/no/such/file"))).isEmpty();
  }

  @Test
  void largestMemoryIsThatOfTheLargestBelowIt() throws Exception {
    ChildProcess child =
        start("(text=$(head -c 30000000 /dev/zero | tr '\\0' a); sleep 300; echo $text) & wait");
    child.awaitReady(() -> child.largestMemory().currentBytes() > 20_000_000, MINUTE);

    assertThat(child.memory().currentBytes()).isLessThan(20_000_000);
  }

  @Test
  void logTailIsTheEndOfALongLog() throws Exception {
    Path log = Files.writeString(directory.resolve("long.log"), "x\n".repeat(100_000) + "end\n");

    assertThat(LogTail.lastLines(log, 2)).containsExactly("x", "end");
    assertThat(LogTail.lastLines(directory.resolve("absent"), 2)).isEmpty();
  }

  private ChildProcess startThatRecordsItsEnd(String name) throws Exception {
    ChildProcess child =
        children.start(
            ChildCommand.of(
                name,
                List.of(
                    "sh",
                    "-c",
                    "trap 'echo "
                        + name
                        + " >>ends; exit 0' TERM; echo up; "
                        + "while :; do sleep 300 & wait; done"),
                directory.resolve(name + ".log")));
    child.awaitReady(() -> child.lastLogLines(1).contains("up"), MINUTE);
    return child;
  }

  private ChildProcess start(String script) throws ChildProcessException {
    return children.start(shell(script));
  }

  private ChildCommand shell(String script) {
    return ChildCommand.of("child", List.of("sh", "-c", script), directory.resolve("child.log"));
  }

  /** Every sleep lasts an hour, at once. */
  private static final class LeapingTime implements TimeSource {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanoTime() {
      return Duration.between(Instant.EPOCH, now).toNanos();
    }

    @Override
    public void sleep(Duration duration) {
      now = now.plus(Duration.ofHours(1));
    }
  }
}
