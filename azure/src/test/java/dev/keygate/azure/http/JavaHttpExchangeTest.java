package dev.keygate.azure.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.keygate.azure.testing.LoopbackLab;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JavaHttpExchangeTest {

  private static final Upstream VAULT =
      new Upstream("the vault", Reason.VaultUnavailable, Reason.VaultResponseMalformed);
  private static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
  private static final Timeouts IMPATIENT =
      new Timeouts(Duration.ofSeconds(20), Duration.ofMillis(300));
  private static final URI ADDRESS = URI.create("https://contoso.vault.azure.net/keys/orders?q=1");

  private final LoopbackLab lab = new LoopbackLab();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void stop() {
    over.countDown();
    lab.close();
  }

  private Answer get(String uri) throws FailureException, InterruptedException {
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(lab.network(), PATIENT)) {
      return exchange.send(VAULT, Call.get(URI.create(uri)));
    }
  }

  private FailureException failureOf(HttpHandler handler, Timeouts timeouts) {
    lab.serve("/keys", handler);
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(lab.network(), timeouts)) {
      return catchThrowableOfType(
          FailureException.class, () -> exchange.send(VAULT, Call.get(ADDRESS)));
    }
  }

  @Test
  void reachesTheServiceUnderItsAzureName() throws Exception {
    AtomicReference<String> host = new AtomicReference<>("");
    lab.serve(
        "/keys",
        exchange -> {
          host.set(exchange.getRequestHeaders().getFirst("Host"));
          LoopbackLab.respond(exchange, 200, "{\"a\":1}");
        });

    Answer answer = get("https://contoso.vault.azure.net/keys/orders");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().number("a")).isEqualTo(1);
    assertThat(host.get()).isEqualTo("contoso.vault.azure.net");
    assertThat(lab.tunnels()).containsExactly("contoso.vault.azure.net:443");
  }

  @Test
  void sendsMethodHeadersAndPayload() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>("");
    lab.serve(
        "/keys",
        exchange -> {
          seen.set(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-A")
                  + " "
                  + exchange.getRequestHeaders().getFirst("User-Agent")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          LoopbackLab.respond(exchange, 201, "{}");
        });

    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(lab.network(), PATIENT)) {
      Call call = Call.post(ADDRESS, Payload.json("{\"b\":2}")).withHeader("X-A", "x");
      assertThat(exchange.send(VAULT, call).status()).isEqualTo(201);
    }

    assertThat(seen.get()).isEqualTo("POST application/json x keygate {\"b\":2}");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 500, 503})
  void leavesErrorsToTheCaller(int status) throws Exception {
    lab.serve("/keys", exchange -> LoopbackLab.respond(exchange, status, "{}"));

    assertThat(get("https://contoso.vault.azure.net/keys/orders").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void refusesRedirectWithoutFollowingIt(int status) {
    AtomicInteger followed = new AtomicInteger();
    lab.serve("/elsewhere", exchange -> followed.incrementAndGet());

    FailureException failure =
        failureOf(
            exchange -> {
              exchange
                  .getResponseHeaders()
                  .set("Location", "https://contoso.vault.azure.net/elsewhere");
              LoopbackLab.respond(exchange, status, "");
            },
            PATIENT);

    assertThat(failure).isInstanceOf(RefusedException.class);
    assertThat(failure.reason()).isEqualTo(Reason.VaultResponseMalformed);
    assertThat(failure).hasMessageContaining("https://contoso.vault.azure.net/keys/orders");
    assertThat(followed.get()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"https://contoso.vault.azure.cn/keys", "https://a.b.vault.azure.net/keys"})
  void failsWhenTheCertificateIsForAnotherName(String uri) {
    lab.serve("/keys", exchange -> LoopbackLab.respond(exchange, 200, "{}"));

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> get(uri))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.VaultUnavailable));
  }

  @Test
  void failsWhenTheCertificateIsOfAnotherRoot() {
    AtomicInteger answered = new AtomicInteger();
    lab.serve("/keys", exchange -> answered.incrementAndGet());

    try (JavaHttpExchange exchange =
        JavaHttpExchange.overTls(lab.networkOfAnotherRoot(), PATIENT)) {
      assertThatExceptionOfType(UnavailableException.class)
          .isThrownBy(() -> exchange.send(VAULT, Call.get(ADDRESS)));
    }
    assertThat(answered.get()).isZero();
  }

  @Tag("rival-12")
  @Test
  void endsWhenTheServiceNeverAnswers() {
    assertThat(failureOf(exchange -> awaitTheEnd(), IMPATIENT).reason())
        .isEqualTo(Reason.VaultUnavailable);
  }

  @Test
  void endsWhenTheBodyNeverEnds() {
    HttpHandler handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          awaitTheEnd();
        };

    assertThat(failureOf(handler, IMPATIENT).reason()).isEqualTo(Reason.VaultUnavailable);
  }

  @Test
  void failsWhenTheBodyBreaksOff() {
    HttpHandler handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          throw new IOException("connection is dropped");
        };

    assertThat(failureOf(handler, PATIENT).reason()).isEqualTo(Reason.VaultUnavailable);
  }

  @Tag("rival-17")
  @ParameterizedTest
  @ValueSource(longs = {0, JavaHttpExchange.BODY_LIMIT_BYTES + 1L})
  void refusesAnswerOverTheLimit(long announced) {
    FailureException failure =
        failureOf(exchange -> writeOneByteTooMuch(exchange, announced), PATIENT);

    assertThat(failure.reason()).isEqualTo(Reason.VaultResponseMalformed);
  }

  private static void writeOneByteTooMuch(HttpExchange exchange, long announced)
      throws IOException {
    exchange.sendResponseHeaders(200, announced);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(new byte[JavaHttpExchange.BODY_LIMIT_BYTES + 1]);
    }
  }

  @Test
  void takesAnswerOfExactlyTheLimit() throws Exception {
    lab.serve(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, JavaHttpExchange.BODY_LIMIT_BYTES);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(new byte[JavaHttpExchange.BODY_LIMIT_BYTES]);
          }
        });

    assertThat(get("https://contoso.vault.azure.net/keys/orders").body().size())
        .isEqualTo(JavaHttpExchange.BODY_LIMIT_BYTES);
  }

  @Test
  void failsWhenNobodyListens() {
    lab.close();

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> get("https://contoso.vault.azure.net/keys/orders"));
  }

  @Test
  void givesUpWhenInterrupted() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    lab.serve(
        "/keys",
        exchange -> {
          arrived.countDown();
          awaitTheEnd();
        });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        Thread.startVirtualThread(
            () ->
                thrown.set(
                    catchThrowableOfType(
                        InterruptedException.class,
                        () -> get("https://contoso.vault.azure.net/keys/orders"))));

    arrived.await();
    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void failuresQuoteNeitherQueryNorBody() {
    FailureException failure =
        failureOf(
            exchange -> {
              exchange.getResponseHeaders().set("Location", "https://evil.test/s3cret");
              LoopbackLab.respond(exchange, 302, "{\"value\":\"s3cret\"}");
            },
            PATIENT);

    assertThat(failure.getMessage()).doesNotContain("s3cret").doesNotContain("q=1");
  }

  @Test
  void sendsNothingInTheClear() {
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(lab.network(), PATIENT)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> exchange.send(VAULT, Call.get(URI.create("http://contoso.vault.azure.net/"))));
    }
  }

  @Test
  void reachesTheMetadataServiceWithoutTheProxy() throws Exception {
    lab.serveImds("/metadata", exchange -> LoopbackLab.respond(exchange, 200, "{}"));
    AzureNetwork network = lab.network();

    try (JavaHttpExchange exchange = JavaHttpExchange.toImds(network, PATIENT)) {
      Answer answer =
          exchange.send(VAULT, Call.get(URI.create(network.imdsBase() + "/metadata/x")));
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(lab.tunnels()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:1/metadata", "http://169.254.169.254/", "https://127.0.0.1/"})
  void theMetadataExchangeReachesNothingElse(String elsewhere) {
    try (JavaHttpExchange exchange = JavaHttpExchange.toImds(lab.network(), PATIENT)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> exchange.send(VAULT, Call.get(URI.create(elsewhere))));
    }
  }

  private void awaitTheEnd() {
    try {
      over.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
