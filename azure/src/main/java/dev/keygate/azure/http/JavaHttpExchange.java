package dev.keygate.azure.http;

import dev.keygate.azure.jose.TrustRoots;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges over the JDK's HTTP client, HTTP/2 where the service offers it. Redirects are failures,
 * answers have at most 4 MiB, and one that trickles in ends with the total timeout like one that
 * never starts.
 */
public final class JavaHttpExchange implements Exchange, AutoCloseable {

  /** Larger answers are refused: the largest of any service of ours has some hundred KiB. */
  public static final int BODY_LIMIT_BYTES = 4 << 20;

  private static final String USER_AGENT = "keygate";

  private final HttpClient client;
  private final Timeouts timeouts;
  private final Predicate<URI> isReachable;

  private JavaHttpExchange(HttpClient client, Timeouts timeouts, Predicate<URI> isReachable) {
    this.client = client;
    this.timeouts = timeouts;
    this.isReachable = isReachable;
  }

  /** To services that speak TLS, which verifies their names under the network's roots. */
  public static JavaHttpExchange overTls(AzureNetwork network, Timeouts timeouts) {
    HttpClient client =
        builder(timeouts)
            .proxy(network.proxies())
            .sslContext(tlsTrusting(network.tlsRoots()))
            .build();
    return new JavaHttpExchange(client, timeouts, uri -> "https".equals(uri.getScheme()));
  }

  /** To the instance metadata service alone: plain HTTP/1.1, never through a proxy. */
  public static JavaHttpExchange toImds(AzureNetwork network, Timeouts timeouts) {
    HttpClient client =
        builder(timeouts)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    String authority = network.imdsBase().getRawAuthority();
    return new JavaHttpExchange(
        client,
        timeouts,
        uri -> "http".equals(uri.getScheme()) && authority.equals(uri.getRawAuthority()));
  }

  private static HttpClient.Builder builder(Timeouts timeouts) {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(timeouts.connect())
        .executor(Executors.newVirtualThreadPerTaskExecutor());
  }

  private static SSLContext tlsTrusting(TrustRoots roots) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (X509Certificate root : roots.certificates()) {
        store.setCertificateEntry("root-" + number++, root);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException absent) {
      throw new IllegalStateException("the Java runtime does not speak TLS", absent);
    }
  }

  @Override
  public Answer send(Upstream upstream, Call call) throws FailureException, InterruptedException {
    if (!isReachable.test(call.uri())) {
      throw new IllegalArgumentException(call.address() + " is not for this exchange");
    }
    CompletableFuture<HttpResponse<Bytes>> pending =
        client.sendAsync(request(call), head -> new CappedBody(BODY_LIMIT_BYTES));
    try {
      // The request's own timeout ends with the header; this one spans the body.
      return answer(upstream, call, pending.get(timeouts.total().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      pending.cancel(true);
      throw unavailable(upstream, call, "did not answer within " + timeouts.total(), late);
    } catch (InterruptedException interrupted) {
      pending.cancel(true);
      throw interrupted;
    } catch (ExecutionException failed) {
      throw failure(upstream, call, failed.getCause());
    }
  }

  private static HttpRequest request(Call call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(call.uri());
    call.headers().forEach(request::setHeader);
    request.setHeader("User-Agent", USER_AGENT);
    Payload payload = call.payload();
    if (payload.contentType().isEmpty()) {
      request.method(call.method().name(), HttpRequest.BodyPublishers.noBody());
    } else {
      request.setHeader("Content-Type", payload.contentType());
      request.method(
          call.method().name(), HttpRequest.BodyPublishers.ofByteArray(payload.body().toArray()));
    }
    return request.build();
  }

  private static Answer answer(Upstream upstream, Call call, HttpResponse<Bytes> response)
      throws FailureException {
    Answer answer =
        new Answer(
            call.address(), response.statusCode(), response.headers().map(), response.body());
    if (answer.status() >= 300 && answer.status() < 400) {
      throw new RefusedException(
          upstream.malformed(),
          upstream.name()
              + " at "
              + answer.describe()
              + ", a redirect, which is never followed; give the address of the service itself");
    }
    return answer;
  }

  private static FailureException failure(Upstream upstream, Call call, @Nullable Throwable cause) {
    Throwable root = cause;
    while (root != null && !(root instanceof CappedBody.TooLargeException)) {
      root = root.getCause();
    }
    if (root != null) {
      return new RefusedException(
          upstream.malformed(),
          upstream.name()
              + " at "
              + call.address()
              + " answered with more than "
              + BODY_LIMIT_BYTES
              + " bytes",
          root);
    }
    return unavailable(upstream, call, Transport.describe(cause), cause);
  }

  private static UnavailableException unavailable(
      Upstream upstream, Call call, String what, @Nullable Throwable cause) {
    return new UnavailableException(
        upstream.unavailable(),
        upstream.name() + " at " + call.address() + " " + what,
        null,
        cause);
  }

  /** Gives up what is under way and closes the connections. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
