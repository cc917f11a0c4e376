package dev.keygate.sidecar;

import static dev.keygate.sidecar.TestGrants.current;
import static dev.keygate.sidecar.TestGrants.overlap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.endpoint.KeyVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped jar as a process, as in a pod, against the lab. */
class PackagedSidecarIT {

  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir private static Path labFolder;
  private static Optional<TestLab> lab = Optional.empty();
  private static KeyVersion first = new KeyVersion("0".repeat(32));

  @TempDir private Path folder;
  private Map<String, String> settings = Map.of();

  @BeforeAll
  static void startLab() throws Exception {
    lab = Optional.of(TestLab.start(labFolder));
    first = lab.get().newSessionVersion();
  }

  @AfterAll
  static void stopLab() {
    lab.ifPresent(TestLab::close);
  }

  @BeforeEach
  void settings() throws Exception {
    settings = SidecarProcess.settings();
    settings.putAll(lab.orElseThrow().environment("healthy"));
    settings.put("keygate.keys.session.identifier", TestLab.VAULT + "/keys/session");
    settings.put("keygate.grants-directory", folder.resolve("grants").toString());
    settings.put("keygate.callers-directory", folder.resolve("containers").toString());
    settings.put("keygate.callers.app.keys", "session");
    settings.put("keygate.callers.app.delivery", "files");
    grant(current(first));
  }

  /** Such Services exist, and whoever may create a Service could create them. */
  @Test
  void isNotChangedByServicesOfAnyName() throws Exception {
    settings.put("QUARKUS_HTTP_PORT", "tcp://10.0.0.1:80");
    settings.put("QUARKUS_HTTP_HOST", "0.0.0.0");
    settings.put("QUARKUS_HTTP_SSL_PORT", "tcp://10.0.0.1:443");
    settings.put("QUARKUS_MANAGEMENT_PORT", "tcp://10.0.0.1:80");
    settings.put("QUARKUS_MANAGEMENT_ENABLED", "false");
    settings.put("KEYGATE_LOCAL_API_PORT", "tcp://10.0.0.1:80");
    settings.put("KEYGATE_LOCAL_API_SERVICE_HOST", "10.0.0.1");
    settings.put("KEYGATE_MANAGEMENT_PORT", "tcp://10.0.0.1:80");
    settings.put("KEYGATE_PORT_443_TCP_ADDR", "10.0.0.1");
    settings.put("KEYGATE_KEYS_SESSION_PORT", "tcp://10.0.0.1:80");

    try (SidecarProcess sidecar = started()) {
      assertThat(sidecar.material(token(), "{}").statusCode()).isEqualTo(200);
      assertThat(sidecar.health("/metrics").body()).contains("keygate_keys_served 1");
    }
  }

  @Test
  void answersProbesAtOnceWhileNoAuthorityAnswers() throws Exception {
    lab.orElseThrow()
        .inject("sharedweu.weu.attest.azure.net", "/attest/.*", new FaultEffect.Reset());
    try (SidecarProcess sidecar = start()) {
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(
              () ->
                  sidecar
                      .health("/metrics")
                      .body()
                      .lines()
                      .anyMatch(
                          line -> line.contains("AttestationUnavailable") && !line.endsWith(" 1")));

      assertThat(sidecar.health("/health/started").statusCode()).isEqualTo(503);
      assertThat(sidecar.health("/health/ready").statusCode()).isEqualTo(503);
      assertThat(sidecar.health("/health/live").statusCode()).isEqualTo(200);
      assertThat(sidecar.material(token(), "{}").statusCode()).isEqualTo(503);
      assertThat(sidecar.isAlive()).isTrue();
    } finally {
      lab.orElseThrow().clearFaults();
    }
  }

  @Test
  void leavesFilesAndTokenWhenItIsKilledAndRemovesTheFilesWhenItIsTold() throws Exception {
    String token;
    try (SidecarProcess killed = started()) {
      token = token();
      assertThat(version(app("keys/session/current/key.jwk"))).isEqualTo(first.value());
      killed.kill();
    }
    assertThat(version(app("keys/session/current/key.jwk"))).isEqualTo(first.value());

    try (SidecarProcess restarted = started()) {
      assertThat(token()).isEqualTo(token);
      assertThat(restarted.material(token, "{}").statusCode()).isEqualTo(200);

      assertThat(restarted.terminate()).isEqualTo(128 + 15);
    }
    assertThat(app("keys")).isEmptyDirectory();
    assertThat(token()).isEqualTo(token);
  }

  /** A container of the pod that listens there must not cost the app its keys. */
  @Test
  void leavesFilesWhenItCannotListen() throws Exception {
    try (SidecarProcess killed = started()) {
      killed.kill();
    }
    int port = Integer.parseInt(settings.getOrDefault("keygate.management.port", ""));

    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
        SidecarProcess unable = start()) {
      assertThat(unable.await()).isEqualTo(ExitCode.SETTINGS.status());
      assertThat(taken.isBound()).isTrue();
      assertThat(unable.log().lines().toList().getLast())
          .startsWith("SettingsInvalid: ")
          .contains("keygate.management.port");
    }
    assertThat(version(app("keys/session/current/key.jwk"))).isEqualTo(first.value());
  }

  @Test
  void servesTheOldVersionBesideTheNewUntilItLeavesTheGrant() throws Exception {
    try (SidecarProcess sidecar = started()) {
      KeyVersion second = lab.orElseThrow().newSessionVersion();

      grant(current(second), overlap(first));
      await()
          .atMost(SOON)
          .until(() -> version(app("keys/session/current/key.jwk")).equals(second.value()));
      assertThat(version(app("keys/session/" + first + "/key.jwk"))).isEqualTo(first.value());
      assertThat(etag(sidecar, "{}")).isEqualTo(second.value());
      assertThat(etag(sidecar, "{\"version\":\"" + first + "\"}")).isEqualTo(first.value());

      grant(current(second));
      await().atMost(SOON).until(() -> !Files.exists(app("keys/session/" + first)));
      await()
          .atMost(SOON)
          .until(
              () ->
                  sidecar.material(token(), "{\"version\":\"" + first + "\"}").statusCode() == 404);
      assertThat(etag(sidecar, "{}")).isEqualTo(second.value());
    }
  }

  @Test
  void letsTheReadersReadWhatItDelivers() throws Exception {
    settings.put("keygate.callers-readable-by", "everyone");

    try (SidecarProcess sidecar = started()) {
      assertThat(sidecar.isAlive()).isTrue();
      assertThat(mode(app("token"))).isEqualTo("r--r--r--");
      assertThat(mode(app("keys/session/" + first + "/key.jwk"))).isEqualTo("r--r--r--");
      for (String path : List.of("", "keys", "keys/session", "keys/session/" + first)) {
        assertThat(mode(app(path))).as(path).isEqualTo("rwxr-xr-x");
      }
    }
  }

  @Test
  void doesNotMakeAFileForAContainerThatAsksTheApi() throws Exception {
    settings.put("keygate.callers.web.keys", "session");

    try (SidecarProcess sidecar = started()) {
      assertThat(sidecar.isAlive()).isTrue();
      assertThat(folder.resolve("containers/web/token")).exists();
      assertThat(folder.resolve("containers/web/keys")).doesNotExist();
    }
  }

  @Tag("rival-17")
  @Test
  void endsWithOneSentenceWhereThereIsNoTpm() throws Exception {
    settings.put("keygate.lab.tpm", folder.resolve("tpm.sock").toString());

    try (SidecarProcess sidecar = start()) {
      assertThat(sidecar.await()).isEqualTo(ExitCode.NO_TEE.status());
      assertThat(sidecar.log().lines().toList().getLast()).startsWith("TpmNotFound: ");
    }
    assertThat(folder.resolve("containers")).doesNotExist();
  }

  /** A volume that is full: a memory-backed one of a few pages, in a namespace of its own. */
  @Test
  void servesWhatItHasWhenTheVolumeIsFull() throws Exception {
    Files.createDirectories(folder.resolve("containers"));
    List<String> onSmallVolume =
        new ArrayList<>(
            List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs -o size=32k tmpfs \"$0\" && exec \"$@\"",
                folder.resolve("containers").toString(),
                "env"));
    // The shell hands on no variable whose name has a dot.
    settings.forEach((name, value) -> onSmallVolume.add(name + "=" + value));
    try (SidecarProcess sidecar = started(onSmallVolume)) {
      Path app = Path.of("/proc/" + sidecar.pid() + "/root" + folder.resolve("containers/app"));
      String token = Files.readString(app.resolve("token"));
      fill(app.resolve("filler"));

      KeyVersion second = lab.orElseThrow().newSessionVersion();
      grant(current(second), overlap(first));
      await()
          .atMost(SOON)
          .until(() -> sidecar.health("/metrics").body().contains("DeliveryFailed"));
      assertThat(version(app.resolve("keys/session/current/key.jwk"))).isEqualTo(first.value());
      assertThat(sidecar.material(token, "{}").statusCode()).isEqualTo(200);
      assertThat(noDraft(app)).isTrue();

      Files.delete(app.resolve("filler"));
      await()
          .atMost(SOON)
          .until(() -> version(app.resolve("keys/session/current/key.jwk")).equals(second.value()));
    }
  }

  private static void fill(Path file) throws IOException {
    byte[] page = new byte[4096];
    try (var out = Files.newOutputStream(file)) {
      for (int pages = 0; pages < 64; pages++) {
        out.write(page);
      }
    } catch (IOException full) {
      return;
    }
    throw new IllegalStateException("the volume is larger than it was made");
  }

  private static boolean noDraft(Path app) throws IOException {
    boolean[] isClean = {true};
    Files.walkFileTree(
        app,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            isClean[0] &= !file.getFileName().toString().startsWith(".");
            return FileVisitResult.CONTINUE;
          }
        });
    return isClean[0];
  }

  private SidecarProcess start() throws IOException {
    return SidecarProcess.start(List.of(), settings, folder.resolve("log"));
  }

  private SidecarProcess started() throws Exception {
    return started(List.of());
  }

  private SidecarProcess started(List<String> within) throws Exception {
    SidecarProcess sidecar = SidecarProcess.start(within, settings, folder.resolve("log"));
    try {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(sidecar.isStarted() || !sidecar.isAlive()).as(sidecar.log()).isTrue());
      assertThat(sidecar.isAlive()).as(sidecar.log()).isTrue();
      return sidecar;
    } catch (Exception | Error failed) {
      sidecar.close();
      throw failed;
    }
  }

  private void grant(GrantedVersion... versions) throws Exception {
    new TestGrants(folder.resolve("grants"))
        .write("session", TestGrants.session(TestLab.policy("sevsnpvm"), versions));
  }

  private String etag(SidecarProcess sidecar, String body) throws Exception {
    HttpResponse<String> answer = sidecar.material(token(), body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("ETag").orElse("").replace("\"", "");
  }

  private String token() throws IOException {
    return Files.readString(app("token"));
  }

  private Path app(String below) {
    return folder.resolve("containers/app").resolve(below);
  }

  private static String version(Path jwk) throws Exception {
    String id = JWK.parse(Files.readString(jwk)).getKeyID();
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
