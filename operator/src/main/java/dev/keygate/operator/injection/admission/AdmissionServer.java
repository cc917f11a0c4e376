package dev.keygate.operator.injection.admission;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.X509KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS server that the API server calls. Which certificate it shows is the key manager's
 * matter, asked anew for every connection.
 */
public final class AdmissionServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdmissionServer.class);

  private static final int MOST_CONNECTIONS = 256;
  private static final int LONGEST_HEADERS = 16 * 1024;
  private static final Duration START_WITHIN = Duration.ofSeconds(10);

  /** Longer than the API server keeps an idle connection: it is to be the one that closes it. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private final HttpServer server;
  private final ExecutorService reviews;

  private AdmissionServer(HttpServer server, ExecutorService reviews) {
    this.server = server;
    this.reviews = reviews;
  }

  /**
   * Listens on all addresses.
   *
   * @param keys gives a certificate, or none yet: then connections fail
   * @throws IOException if it cannot listen at the port
   */
  public static AdmissionServer start(
      Vertx vertx, int port, X509KeyManager keys, Admission admission)
      throws IOException, InterruptedException {
    ExecutorService reviews =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admission-", 0).factory());
    HttpServer server =
        vertx
            .createHttpServer(options(port, keys))
            .requestHandler(new AdmissionRoute(vertx, admission, reviews))
            .exceptionHandler(e -> LOG.debug("A connection failed: {}", e.getMessage()));
    limitConnections(server);
    AdmissionServer started = new AdmissionServer(server, reviews);
    try {
      server
          .listen()
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_WITHIN.toSeconds(), TimeUnit.SECONDS);
      return started;
    } catch (ExecutionException | TimeoutException e) {
      started.close();
      throw new IOException("cannot listen at port " + port, e);
    }
  }

  /** The port it listens at. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    server.close();
    reviews.shutdown();
  }

  private static HttpServerOptions options(int port, X509KeyManager keys) {
    return new HttpServerOptions()
        .setPort(port)
        .setSsl(true)
        .setKeyCertOptions(KeyCertOptions.wrap(keys))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
        // The API server speaks HTTP/1.1 with webhooks.
        .setUseAlpn(false)
        .setMaxHeaderSize(LONGEST_HEADERS)
        .setIdleTimeout((int) IDLE.toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  private static void limitConnections(HttpServer server) {
    AtomicInteger open = new AtomicInteger();
    server.connectionHandler(
        connection -> {
          open.incrementAndGet();
          connection.closeHandler(_ -> open.decrementAndGet());
          if (open.get() > MOST_CONNECTIONS) {
            connection.close();
          }
        });
  }
}
