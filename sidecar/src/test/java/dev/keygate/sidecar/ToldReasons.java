package dev.keygate.sidecar;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.attest.AppAttestation;
import dev.keygate.sidecar.attest.AttestationBoard;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.health.HealthRoutes;
import dev.keygate.sidecar.health.KeyStates;
import dev.keygate.sidecar.health.LabMode;
import dev.keygate.sidecar.health.Meters;
import dev.keygate.sidecar.localapi.ApiSources;
import dev.keygate.sidecar.localapi.CallerRegister;
import dev.keygate.sidecar.localapi.LocalApi;
import dev.keygate.sidecar.meter.CallMeter;
import dev.keygate.sidecar.meter.UpstreamMeter;
import dev.keygate.sidecar.release.OutcomeBoard;
import dev.keygate.sidecar.testing.RawCall;
import dev.keygate.sidecar.testing.RawCall.Reply;
import dev.keygate.sidecar.wire.Listener;
import dev.keygate.sidecar.wire.LocalServer;
import dev.keygate.sidecar.wire.WireLimits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What users are told of one key, over HTTP: by the local API and by the health routes. */
final class ToldReasons implements AutoCloseable {

  private final Path callers;
  private final int apiPort;
  private final LocalServer api;
  private final HttpServer health;

  private ToldReasons(Path callers, int apiPort, LocalServer api, HttpServer health) {
    this.callers = callers;
    this.apiPort = apiPort;
    this.api = api;
    this.health = health;
  }

  /**
   * A problem as the caller reads it.
   *
   * @param code of it
   * @param detail of it
   */
  record Told(int status, String code, String detail) {}

  static ToldReasons of(String key, MemoryLease lease, OutcomeBoard board, Ground ground)
      throws Exception {
    CallerRegister register =
        CallerRegister.open(
            ground.folder(), Readers.GROUP, Map.of("app", Set.of(key)), new SecureRandom());
    int port = SidecarProcess.freePort();
    LocalServer api =
        LocalServer.start(
            new LocalServer.Serving(
                new LocalApi(register, sources(lease, board), new SystemTime()),
                WireLimits.STANDARD,
                new SystemTime()),
            List.of(new Listener.Loopback(port)),
            Readers.GROUP);
    Router router = Router.router(ground.vertx());
    new HealthRoutes(
            new KeyStates(List.of(key), lease, board),
            LabMode.OFF,
            new Meters(new UpstreamMeter(), new CallMeter()))
        .mount(router);
    HttpServer health =
        ground
            .vertx()
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    return new ToldReasons(ground.folder(), port, api, health);
  }

  /**
   * What it stands on.
   *
   * @param folder for caller tokens
   */
  record Ground(Vertx vertx, Path folder) {}

  private static ApiSources sources(MemoryLease lease, OutcomeBoard board) {
    AppAttestation nobody =
        new AppAttestation(
            _ -> {
              throw new RefusedException(Reason.AttestationRefused, "Not asked for here.");
            });
    return new ApiSources(
        lease,
        board,
        new ApiSources.Attestation(
            new AttestationBoard(), _ -> Optional.empty(), nobody, Optional.empty()),
        new CallMeter());
  }

  /** The body of the readiness probe. */
  Reply health() throws IOException {
    return RawCall.toPort(health.actualPort())
        .with("Host", "127.0.0.1")
        .send("GET", "/health/ready", "");
  }

  /** What came of a call for the key's material; code and detail are empty if it was given. */
  Told material(String key) throws IOException, JsonFormatException {
    Reply reply =
        RawCall.toPort(apiPort)
            .with("Host", "127.0.0.1:" + apiPort)
            .with("Authorization", "Bearer " + Files.readString(callers.resolve("app/token")))
            .with("Content-Type", "application/json")
            .send("POST", "/v1/keys/" + key + "/material", "{}");
    if (reply.status() == 200) {
      return new Told(200, "", "");
    }
    JsonMembers problem = JsonMembers.parse(Bytes.ofUtf8(reply.body()));
    return new Told(reply.status(), problem.text("code"), problem.text("detail"));
  }

  @Override
  public void close() {
    api.close();
    health.close().toCompletionStage().toCompletableFuture().join();
  }
}
