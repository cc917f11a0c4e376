package dev.keygate.sidecar.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.testing.RawCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over real sockets; what takes ten seconds in a pod takes half of one here. */
@Timeout(30)
class LocalServerTest {

  private static final WireLimits SHORT =
      new WireLimits(4, Duration.ofMillis(500), Duration.ofMillis(20));
  private static final String GET = "GET /a HTTP/1.1\r\n\r\n";

  @TempDir private Path folder;
  private final AtomicInteger closedStreams = new AtomicInteger();
  private final List<LocalServer> servers = new ArrayList<>();
  private int port;
  private Path socket = Path.of("/");

  @BeforeEach
  void serve() throws Exception {
    port = freePort();
    socket = folder.resolve("api.sock");
    servers.add(start(port));
  }

  @AfterEach
  void stop() {
    servers.forEach(LocalServer::close);
  }

  @Test
  void servesSeveralRequestsOfOneConnection() throws Exception {
    String replies =
        RawCall.toPort(port)
            .exchange(
                GET
                    + "POST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\nxy"
                    + "GET /c HTTP/1.1\r\nConnection: close\r\n\r\n");

    assertThat(replies).contains("GET /a 0", "POST /b 2", "GET /c 0");
  }

  @Test
  void servesAContainerOverItsOwnSocket() throws Exception {
    RawCall.Reply reply = RawCall.toSocket(socket).send("GET", "/socket", "");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains("ContainerSocket[container=app");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw----");
  }

  @Test
  void takesThePlaceOfASocketThatWasLeftBehind() throws Exception {
    stop();
    assertThat(socket).exists();

    servers.add(start(freePort()));

    assertThat(RawCall.toSocket(socket).send("GET", "/", "").status()).isEqualTo(200);
  }

  @Test
  void letsACallerSendTheBodyThatItAskedFor() throws Exception {
    try (SocketChannel channel = RawCall.toPort(port).open()) {
      write(channel, "POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      ByteBuffer answer = ByteBuffer.allocate(12);
      while (answer.hasRemaining()) {
        channel.read(answer);
      }
      assertThat(new String(answer.array(), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
    }
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    String reply = RawCall.toPort(port).exchange("HEAD /a HTTP/1.1\r\nConnection: close\r\n\r\n");

    assertThat(reply).startsWith("HTTP/1.1 200 \r\n").endsWith("\r\n\r\n");
  }

  @Test
  void sendsAnAnswerThatIsLargerThanItsBuffer() throws Exception {
    assertThat(RawCall.toPort(port).send("GET", "/large", "").body()).hasSize(100_000);
  }

  @Test
  void cutsOffWhoSendsItsHeadDropByDrop() throws Exception {
    try (SocketChannel slow = RawCall.toPort(port).open()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> {
                write(slow, "GET / HTTP/1.1\r\n");
                while (true) {
                  write(slow, "X: y\r\n");
                  new SystemTime().sleep(Duration.ofMillis(20));
                }
              });
    }
  }

  @Test
  void cutsOffWhoDoesNotSendTheBodyItAnnounced() throws Exception {
    assertThat(RawCall.toPort(port).exchange("POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nx"))
        .isEmpty();
  }

  @Test
  void cutsOffWhoSaysNothing() throws Exception {
    assertThat(RawCall.toPort(port).exchange("")).isEmpty();
  }

  @Test
  void cutsOffWhoDoesNotTakeItsAnswers() throws Exception {
    try (SocketChannel greedy = RawCall.toPort(port).open()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(
              () -> {
                while (true) {
                  write(greedy, "GET /large HTTP/1.1\r\n\r\n");
                }
              });
    }
  }

  @Test
  void refusesAHeadThatDoesNotEnd() throws Exception {
    assertThat(RawCall.toPort(port).exchange("GET / HTTP/1.1\r\n" + "X: y\r\n".repeat(3000)))
        .startsWith("HTTP/1.1 400 ")
        .contains("HEAD_TOO_LARGE");
  }

  @Test
  void refusesATooLargeBodyAndStillSaysSo() throws Exception {
    assertThat(
            RawCall.toPort(port)
                .exchange("POST / HTTP/1.1\r\nContent-Length: 20000\r\n\r\n" + "x".repeat(20_000)))
        .contains("BODY_TOO_LARGE");
  }

  @Test
  void saysOfADefectOfTheHandlerNothingButThatThereIsOne() throws Exception {
    assertThat(RawCall.toPort(port).send("GET", "/defect", "").body()).isEqualTo("HANDLER_FAILED");
  }

  /** Whoever reaches the port alone cannot keep a container from its socket. */
  @Test
  void servesTheSocketWhileThePortIsFlooded() throws Exception {
    List<SocketChannel> flood = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        flood.add(RawCall.toPort(port).open());
      }
      assertThat(RawCall.toSocket(socket).send("GET", "/", "").status()).isEqualTo(200);
    } finally {
      for (SocketChannel channel : flood) {
        channel.close();
      }
    }
    await()
        .ignoreExceptions()
        .until(() -> RawCall.toPort(port).send("GET", "/", "").status() == 200);
  }

  @Test
  void streamsEventsUntilTheCallerGoesAway() throws Exception {
    try (SocketChannel listening = RawCall.toPort(port).open()) {
      write(listening, "GET /events HTTP/1.1\r\n\r\n");
      StringBuilder heard = new StringBuilder();
      ByteBuffer buffer = ByteBuffer.allocate(1024);
      while (!heard.toString().contains("event: 3")) {
        buffer.clear();
        assertThat(listening.read(buffer)).isPositive();
        heard.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
      }
      assertThat(heard.toString()).contains("text/event-stream", "event: 1", "event: 2");
    }

    await().until(() -> closedStreams.get() == 1);
  }

  @Test
  void endsEveryConnectionWhenItEnds() throws Exception {
    try (SocketChannel idle = RawCall.toPort(port).open()) {
      write(idle, GET);
      assertThat(idle.read(ByteBuffer.allocate(1024))).isPositive();
      stop();
      assertThat(idle.read(ByteBuffer.allocate(1024))).isNegative();
    }
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> RawCall.toPort(port).open());
  }

  @Test
  void saysWhichSettingToChangeWhenThePortIsTaken() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> start(port))
        .matches(refused -> refused.reason() == Reason.SettingsInvalid)
        .withMessageContaining("keygate.local-api.port")
        .withMessageContaining(Integer.toString(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return free.getLocalPort();
    }
  }

  private LocalServer start(int at) throws RefusedException {
    return LocalServer.start(
        new LocalServer.Serving(new Echo(), SHORT, new SystemTime()),
        List.of(new Listener.Loopback(at), new Listener.ContainerSocket("app", socket)),
        Readers.GROUP);
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }

  private static LocalAnswer answer(int status, String text) {
    return new LocalAnswer(
        status,
        Map.of("Content-Type", "text/plain"),
        SecretBytes.takeOwnershipOf(text.getBytes(StandardCharsets.UTF_8)));
  }

  private final class Echo implements LocalHandler {

    @Override
    public LocalReply answer(LocalRequest request) {
      return switch (request.target()) {
        case "/large" -> LocalServerTest.answer(200, "x".repeat(100_000));
        case "/defect" -> throw new IllegalStateException("a defect");
        case "/events" -> new EventReply(new Counting());
        case "/socket" -> LocalServerTest.answer(200, request.listener().toString());
        default -> LocalServerTest.answer(200, request + " " + request.body().size());
      };
    }

    @Override
    public LocalAnswer refusal(WireDefect defect) {
      return LocalServerTest.answer(400, defect.name());
    }
  }

  private final class Counting implements EventReply.EventSource {
    private int count;

    @Override
    public String next() {
      count++;
      return "event: " + count + "\n\n";
    }

    @Override
    public void close() {
      closedStreams.incrementAndGet();
    }
  }
}
