package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.sidecar.testing.CanarySearch;
import dev.keygate.sidecar.testing.RawCall;
import dev.keygate.sidecar.testing.TraceCollector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped jar at its most talkative: whatever it says, writes and keeps on its heap is searched
 * for the keys that it has released and the tokens that it knows.
 */
class KeyHygieneIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path labFolder;
  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final List<TraceCollector> collectors = new ArrayList<>();
  private Map<String, String> settings = new LinkedHashMap<>();

  @BeforeEach
  void settings() throws Exception {
    TestLab lab = TestLab.start(labFolder);
    open.add(lab);
    settings = SidecarProcess.settings();
    settings.putAll(lab.environment("healthy"));
    settings.put("JDK_JAVA_OPTIONS", "-Dquarkus.log.level=TRACE");
    for (String key : List.of("session", "orders", "elsewhere")) {
      settings.put("keygate.keys." + key + ".identifier", TestLab.VAULT + "/keys/" + key);
    }
    TraceCollector collector = TraceCollector.answering(200);
    open.add(collector);
    collectors.add(collector);
    settings.put("keygate.telemetry.endpoint", collector.url().toString());
    settings.put("keygate.callers-directory", folder.resolve("containers").toString());
    settings.put("keygate.callers.app.keys", "session,orders,elsewhere");
    settings.put("keygate.callers.app.delivery", "files");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @Test
  void saysAndWritesNoSecretAndKeepsNoKeyOnItsHeap() throws Exception {
    SidecarProcess sidecar = start();
    RSAKey orders = (RSAKey) delivered("orders");
    OctetSequenceKey session = (OctetSequenceKey) delivered("session");
    CanarySearch keys =
        new CanarySearch()
            .secret("key session", session.toByteArray())
            .secret("d of orders", orders.getPrivateExponent().decode())
            .secret("p of orders", orders.getFirstPrimeFactor().decode())
            .secret("q of orders", orders.getSecondPrimeFactor().decode());
    talk(sidecar);

    assertThat(keys.find(dump(sidecar))).isEmpty();
    keys.secret("caller token", token()).secret("attestation token", attestationToken());
    said.add(sidecar.log());
    await().atMost(SOON).until(() -> spans().contains("\"deliver\""));
    said.add(spans());
    assertThat(sidecar.log()).contains("TRACE");
    for (String text : said) {
      assertThat(keys.find(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
      // The start of a JOSE header: a token of whatever kind.
      assertThat(text).doesNotContain("eyJhbGciOi", "eyJ0eXAiOi");
    }
    Set<Path> delivered =
        Set.of(
            app("token"),
            key("session"),
            key("session").resolveSibling("key.bin"),
            key("orders"),
            key("orders").resolveSibling("key.pem"),
            key("orders").resolveSibling("key.bin"));
    for (Path file : files()) {
      if (!delivered.contains(file.toRealPath())) {
        assertThat(keys.find(Files.readAllBytes(file))).as(file.toString()).isEmpty();
      }
    }
    assertThat(delivered).allMatch(Files::exists);
  }

  @Test
  void isHardenedAsAProcess() throws Exception {
    SidecarProcess sidecar = start();
    Path process = Path.of("/proc", Long.toString(sidecar.pid()));

    assertThat(Files.readString(process.resolve("limits")))
        .containsPattern("Max core file size +0 +0 ");
    assertThat(Files.readString(process.resolve("smaps"))).containsPattern("VmFlags:.* dd");
    assertThat(sidecar.log()).doesNotContain("less protected than they could be");
  }

  private SidecarProcess start() throws Exception {
    SidecarProcess sidecar = SidecarProcess.start(List.of(), settings, folder.resolve("log"));
    open.add(sidecar);
    await()
        .atMost(SOON)
        .until(
            () ->
                Files.exists(app("keys/session/current/key.jwk"))
                    && Files.exists(app("keys/orders/current/key.jwk"))
                    && sidecar.log().contains("ReleaseDenied"));
    return sidecar;
  }

  /** Everything that can be asked, rightly and wrongly. */
  private void talk(SidecarProcess sidecar) throws Exception {
    for (String page : List.of("/metrics", "/health/ready", "/health/live", "/health/started")) {
      said.add(sidecar.health(page).body());
    }
    for (String path : List.of("/v1/keys", "/v1/attestation", "/v1/collateral/amd", "/nothing")) {
      said.add(call("GET", path, "").body());
    }
    for (String path : List.of("elsewhere", "nothing")) {
      said.add(call("POST", "/v1/keys/" + path + "/material", "{}").body());
    }
    said.add(call("POST", "/v1/keys/orders/material", "{\"version\":\"x\"}").body());
    said.add(call("POST", "/v1/attest", "{\"nonce\":\"" + "short" + "\"}").head());
    assertThat(call("POST", "/v1/keys/orders/material", "{}").status()).isEqualTo(200);
  }

  private String spans() {
    return collectors.stream()
        .flatMap(collector -> collector.bodies().stream())
        .collect(Collectors.joining("\n"));
  }

  private String attestationToken() throws Exception {
    String body = call("POST", "/v1/attest", "{\"nonce\":\"0123456789\"}").body();
    return JsonMembers.parse(Bytes.ofUtf8(body)).text("token").split("\\.", -1)[2];
  }

  /** What is alive on the heap, after a collection. */
  private byte[] dump(SidecarProcess sidecar) throws Exception {
    Path file = folder.resolve("heap.hprof");
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", "/usr"), "bin", "jcmd").toString(),
                Long.toString(sidecar.pid()),
                "GC.heap_dump",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("jcmd.log").toFile())
            .start();
    assertThat(jcmd.waitFor()).as(Files.readString(folder.resolve("jcmd.log"))).isZero();
    byte[] dump = Files.readAllBytes(file);
    Files.delete(file);
    return dump;
  }

  private RawCall.Reply call(String method, String path, String body) throws Exception {
    int port = Integer.parseInt(settings.getOrDefault("keygate.local-api.port", ""));
    return RawCall.toPort(port)
        .with("Host", "127.0.0.1:" + port)
        .with("Authorization", "Bearer " + token())
        .with("Content-Type", "application/json")
        .send(method, path, body);
  }

  private String token() throws Exception {
    return Files.readString(app("token"));
  }

  private JWK delivered(String key) throws Exception {
    return JWK.parse(Files.readString(key(key)));
  }

  private Path key(String key) throws Exception {
    return app("keys/" + key + "/current/key.jwk").toRealPath();
  }

  private Path app(String below) {
    return folder.resolve("containers/app").resolve(below);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
