package dev.keygate.sidecar.localapi;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.sidecar.testing.RawCall;
import dev.keygate.sidecar.testing.RawCall.Reply;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.wire.Listener;
import dev.keygate.sidecar.wire.LocalServer;
import dev.keygate.sidecar.wire.WireLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An API that serves three containers, with keys in every state. */
final class ServedApi implements AutoCloseable {

  private final MemoryLease lease = new MemoryLease();
  private final Path folder;
  private final int port;
  private final LocalServer server;

  private ServedApi(Path folder, int port) throws Exception {
    this.folder = folder;
    this.port = port;
    CallerRegister callers =
        CallerRegister.open(
            folder,
            Readers.GROUP,
            Map.of(
                "app", Set.of("orders", "session", "denied", "down", "pending"),
                "web", Set.of(),
                "rotating", Set.of("rotating")),
            new SecureRandom());
    lease.deliver("orders", ReleasedKeys.rsa(ReleasedKeys.FIRST));
    lease.deliver("session", ReleasedKeys.oct(ReleasedKeys.SECOND, 7));
    this.server =
        LocalServer.start(
            new LocalServer.Serving(
                TestApi.of(callers, lease, board()), WireLimits.STANDARD, new SystemTime()),
            List.of(
                new Listener.Loopback(port),
                new Listener.ContainerSocket("app", folder.resolve("app/api.sock")),
                new Listener.ContainerSocket("web", folder.resolve("web/api.sock"))),
            Readers.GROUP);
  }

  static ServedApi start(Path folder) throws Exception {
    return new ServedApi(folder, freePort());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return free.getLocalPort();
    }
  }

  private static OutcomeBoard board() {
    OutcomeBoard board = new OutcomeBoard();
    board.post(ReleaseOutcome.of("denied", new RefusedException(Reason.PolicyDenied, "Claim c.")));
    board.post(
        ReleaseOutcome.of(
            "down",
            new UnavailableException(
                Reason.VaultThrottled, "Too many.", Duration.ofSeconds(7), null)));
    return board;
  }

  MemoryLease lease() {
    return lease;
  }

  int port() {
    return port;
  }

  /** What the container app sends with each call; to be changed at will. */
  Map<String, String> headers() throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "127.0.0.1:" + port);
    headers.put("Authorization", "Bearer " + token("app"));
    headers.put("Content-Type", "application/json");
    return headers;
  }

  String token(String container) throws IOException {
    return Files.readString(folder.resolve(container).resolve("token"));
  }

  /** A call to the port. */
  RawCall call(Map<String, String> headers) {
    RawCall call = RawCall.toPort(port);
    headers.forEach(call::with);
    return call;
  }

  /** A call to a container's socket. */
  RawCall callSocket(String container, Map<String, String> headers) {
    RawCall call = RawCall.toSocket(folder.resolve(container).resolve("api.sock"));
    headers.forEach(call::with);
    return call;
  }

  /** The code of a problem. */
  static String code(Reply reply) throws IOException {
    try {
      return JsonMembers.parse(Bytes.ofUtf8(reply.body())).text("code");
    } catch (JsonFormatException e) {
      throw new IOException(reply.status() + " without a problem", e);
    }
  }

  @Override
  public void close() {
    server.close();
    lease.close();
  }
}
