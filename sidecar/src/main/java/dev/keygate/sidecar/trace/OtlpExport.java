package dev.keygate.sidecar.trace;

import dev.keygate.sidecar.logkey.LogKeys;
import dev.keygate.sidecar.parallel.ThreadEnd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends finished spans on a thread of its own, each once: what a collector does not take is gone,
 * and a release never waits for it.
 */
final class OtlpExport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OtlpExport.class);

  private static final int MOST_WAITING = 1024;
  private static final int FIRST_FAILURE_STATUS = 300;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  /** In which the other spans of a release join the first. */
  private static final Duration GATHERING = Duration.ofSeconds(1);

  private final BlockingQueue<FinishedSpan> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final URI traces;
  private final HttpClient client;
  private final Thread thread;
  private boolean hasWarned;

  private OtlpExport(URI endpoint) {
    this.traces = URI.create(endpoint.toString().replaceFirst("/$", "") + "/v1/traces");
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            // The collector is here or on the node, wherever the way to Azure leads.
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(ANSWER_WITHIN)
            .build();
    this.thread = Thread.ofVirtual().name("span-export").unstarted(this::run);
  }

  static OtlpExport start(URI endpoint) {
    OtlpExport export = new OtlpExport(endpoint);
    export.thread.start();
    return export;
  }

  /** Drops it if too many are waiting. */
  void add(FinishedSpan span) {
    if (!waiting.offer(span)) {
      LOG.atDebug().log("A span was dropped: too many are waiting");
    }
  }

  private void run() {
    try {
      while (!closed.await(GATHERING.toMillis(), TimeUnit.MILLISECONDS)) {
        sendWaiting();
      }
      sendWaiting();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendWaiting() throws InterruptedException {
    List<FinishedSpan> batch = new ArrayList<>();
    waiting.drainTo(batch);
    if (!batch.isEmpty()) {
      send(OtlpJson.of(batch));
    }
  }

  private void send(String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(traces)
            .timeout(ANSWER_WITHIN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status >= FIRST_FAILURE_STATUS) {
        warn("it answered " + status);
      }
    } catch (IOException unreachable) {
      warn(unreachable.toString());
    }
  }

  private void warn(String found) {
    if (!hasWarned) {
      hasWarned = true;
      LOG.atWarn()
          .addKeyValue(LogKeys.UPSTREAM, traces)
          .addKeyValue(LogKeys.MESSAGE, found)
          .log("Spans could not be sent; that is said once, and releases go on");
    }
  }

  /** Sends what is waiting, and returns when that is over. */
  @Override
  public void close() {
    closed.countDown();
    ThreadEnd.await(thread);
    client.shutdownNow();
  }
}
