package dev.keygate.sidecar;

import static org.awaitility.Awaitility.await;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.sidecar.config.CallerSettings;
import dev.keygate.sidecar.config.CallerSettings.Delivery;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.config.Settings;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.testing.RawCall;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A sidecar that serves two keys to the container app, in this process, and its lab. */
final class LabSidecar implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestLab lab;
  private final Path folder;
  private final KeyVersion first;
  private final int port;
  private final RunningSidecar sidecar;

  private LabSidecar(TestLab lab, Path folder) throws Exception {
    this.lab = lab;
    this.folder = folder;
    this.first = lab.newSessionVersion();
    this.port = SidecarProcess.freePort();
    grant(TestGrants.current(first));
    new TestGrants(folder.resolve("grants"))
        .write(
            "orders",
            TestGrants.of(
                TestLab.VAULT + "/keys/orders",
                TestLab.policy("sevsnpvm"),
                TestGrants.current(lab.newOrdersVersion())));
    PlatformSettings platform = lab.platform("healthy", TestLab.MAA);
    this.sidecar = RunningSidecar.start(settings(platform), Assembly.of(platform).detected());
  }

  /** Starts both and waits until the keys are served. */
  static LabSidecar start(Path folder) throws Exception {
    LabSidecar started = new LabSidecar(TestLab.start(folder.resolve("lab")), folder);
    await().atMost(SOON).until(() -> started.serves("session") && started.serves("orders"));
    return started;
  }

  private boolean serves(String key) throws Exception {
    return call("POST", "/v1/keys/" + key + "/material", "{}").status() == 200;
  }

  private Settings settings(PlatformSettings platform) throws Exception {
    return new Settings(
        Map.of(
            "session", KeyIdentifier.parse(TestLab.VAULT + "/keys/session"),
            "orders", KeyIdentifier.parse(TestLab.VAULT + "/keys/orders")),
        platform,
        new IdentitySettings.Managed(Optional.empty()),
        new Settings.GrantSettings(Optional.of(folder.resolve("grants")), Duration.ofMillis(50)),
        new Settings.LocalSettings(
            new Settings.ApiSettings(port, Settings.ApiSockets.ON),
            new Settings.ManagementSettings(InetAddress.ofLiteral("127.0.0.1"), 9250),
            new CallerSettings(
                Optional.of(folder.resolve("c")),
                Readers.GROUP,
                Map.of(
                    "app",
                    new CallerSettings.Caller(Set.of("session", "orders"), Delivery.FILES)))));
  }

  /** Replaces the grant of the key session. */
  void grant(GrantedVersion... versions) throws Exception {
    new TestGrants(folder.resolve("grants"))
        .write("session", TestGrants.session(TestLab.policy("sevsnpvm"), versions));
  }

  /** A call by the container. */
  RawCall.Reply call(String method, String path, String body) throws Exception {
    return RawCall.toPort(port)
        .with("Host", "127.0.0.1:" + port)
        .with("Authorization", "Bearer " + token())
        .with("Content-Type", "application/json")
        .send(method, path, body);
  }

  TestLab lab() {
    return lab;
  }

  KeyVersion first() {
    return first;
  }

  int port() {
    return port;
  }

  /** The folder of the container. */
  Path containerFolder() {
    return folder.resolve("c/app");
  }

  /** The container's caller token. */
  String token() throws Exception {
    return Files.readString(containerFolder().resolve("token"));
  }

  @Override
  public void close() {
    sidecar.close();
    lab.close();
  }
}
