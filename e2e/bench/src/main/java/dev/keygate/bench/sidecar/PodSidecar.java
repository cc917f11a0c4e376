package dev.keygate.bench.sidecar;

import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ResidentMemory;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The shipped sidecar as a process, seen by its app.
 *
 * @param key the name of the key that the app asks for
 */
record PodSidecar(ChildProcess process, PodFolder pod, String key, TimeSource time)
    implements AutoCloseable {

  private static final int OK = 200;
  private static final String ANONYMOUS = "RssAnon:";
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(3);

  /** A connection of the app's. */
  FetchClient client() throws IOException {
    return FetchClient.open(pod.port(), key, Files.readString(pod.callerToken()).strip());
  }

  /** Asks for the key until it is there, and is a version of this ETag. */
  void awaitVersion(String etag) throws Surprise, InterruptedException {
    long until = time.nanoTime() + SERVED_WITHIN.toNanos();
    while (time.nanoTime() < until && process.isAlive()) {
      if (isServed(etag)) {
        return;
      }
      time.sleep(LOOK);
    }
    throw new Surprise(
        "the sidecar does not serve its key; it said last:\n  "
            + String.join("\n  ", process.lastLogLines(12)));
  }

  private boolean isServed(String etag) throws Surprise {
    if (!Files.exists(pod.callerToken())) {
      return false;
    }
    try (FetchClient client = client()) {
      FetchClient.Answer answer = client.fetch();
      return answer.status() == OK && (etag.isEmpty() || answer.etag().equals(etag));
    } catch (ConnectException notYet) {
      return false;
    } catch (IOException e) {
      throw new Surprise("the local API: " + e.getMessage(), e);
    }
  }

  ResidentMemory memory() throws IOException {
    return ResidentMemory.of(process.pid());
  }

  /** What of its memory is no file's, and so its alone: {@code RssAnon} of proc(5), in KiB. */
  long anonymousKibibytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(ANONYMOUS)) {
        return Long.parseLong(line.substring(ANONYMOUS.length()).replace("kB", "").strip());
      }
    }
    throw new IOException("the sidecar has ended: its status has no " + ANONYMOUS);
  }

  Duration processorTime() {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("the sidecar has ended"));
  }

  @Override
  public void close() {
    process.stop();
  }
}
