package dev.keygate.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.ManagedIdentity;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.config.CallerSettings;
import dev.keygate.sidecar.config.CallerSettings.Delivery;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.config.Settings;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.device.GuestTpm;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.device.VtpmTransferKey;
import dev.keygate.sidecar.keyvault.EnvelopeVerifier;
import dev.keygate.sidecar.keyvault.KeyReleaseHttpClient;
import dev.keygate.sidecar.keyvault.ReleaseRequest;
import dev.keygate.sidecar.keyvault.VerifiedEnvelope;
import dev.keygate.sidecar.nonce.Nonce;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.testing.RawCall;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import dev.keygate.sidecar.unwrap.WrappedKey;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The local API of a sidecar that runs against the lab. */
class LabLocalApiTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String NONCE = "relying-party-nonce-1";

  @TempDir private static Path folder;
  private static Optional<TestLab> lab = Optional.empty();
  private static Optional<RunningSidecar> sidecar = Optional.empty();
  private static KeyVersion first = new KeyVersion("0".repeat(32));
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    port = SidecarProcess.freePort();
    lab = Optional.of(TestLab.start(folder.resolve("lab")));
    first = lab.get().newSessionVersion();
    grant(new GrantedVersion(first, VersionState.Current));
    PlatformSettings platform = lab.get().platform("healthy", TestLab.MAA);
    Settings settings =
        new Settings(
            Map.of("session", KeyIdentifier.parse(TestLab.VAULT + "/keys/session")),
            platform,
            new IdentitySettings.Managed(Optional.empty()),
            new Settings.GrantSettings(
                Optional.of(folder.resolve("grants")), Duration.ofMillis(50)),
            new Settings.LocalSettings(
                new Settings.ApiSettings(port, Settings.ApiSockets.ON),
                new Settings.ManagementSettings(InetAddress.ofLiteral("127.0.0.1"), 9250),
                new CallerSettings(
                    Optional.of(folder.resolve("c")),
                    Readers.GROUP,
                    Map.of("app", new CallerSettings.Caller(Set.of("session"), Delivery.API)))));
    sidecar = Optional.of(RunningSidecar.start(settings, Assembly.of(platform)));
    await().atMost(SOON).until(() -> call("POST", "/v1/keys/session/material", "{}") == 200);
  }

  @AfterAll
  static void stop() {
    sidecar.ifPresent(RunningSidecar::close);
    lab.ifPresent(TestLab::close);
  }

  @Test
  void tellsTheClaimsAndThatThePolicyAdmitsThem() throws Exception {
    JsonMembers told = members(send("GET", "/v1/attestation", ""));

    JsonMembers claims = told.members("attestation").members("claims");
    assertThat(claims.members("x-ms-isolation-tee").text("x-ms-attestation-type"))
        .isEqualTo("sevsnpvm");
    assertThat(claims.has("jti")).isFalse();
    assertThat(told.list("policies").getFirst().text("verdict")).isEqualTo("Admitted");
  }

  @Test
  void tellsTheVerifiedEndorsement() throws Exception {
    JsonMembers told = members(send("GET", "/v1/collateral/amd", ""));

    assertThat(told.text("chain").split("BEGIN CERTIFICATE", -1)).hasSize(4);
    assertThat(told.text("tcb")).matches("[0-9a-f]{16}");
  }

  @Test
  void makesATokenForTheAppsRelyingParties() throws Exception {
    String body = "{\"nonce\":\"" + NONCE + "\",\"userData\":\"my public key\"}";

    JsonMembers told = members(send("POST", "/v1/attest", body));

    JsonMembers payload =
        members(SignedJWT.parse(told.text("token")).getPayload().toString())
            .members("x-ms-runtime")
            .members("client-payload");
    assertThat(decoded(payload, "nonce")).isEqualTo(NONCE);
    assertThat(decoded(payload, "keygate-purpose")).isEqualTo("relying-party");
    assertThat(decoded(payload, "user-data-sha256"))
        .isEqualTo(Bytes.ofUtf8("my public key").sha256().hex())
        .isEqualTo(told.text("userDataSha256"));
  }

  /** The vault may answer it: the key that the token names is nobody's any more. */
  @ParameterizedTest
  @EnumSource(TransferKeyTemplate.class)
  void makesATokenThatCanReleaseNothing(TransferKeyTemplate template) throws Exception {
    Assembly assembly = Assembly.of(platform(template));
    VerifiedToken token =
        assembly
            .assemble(new IdentitySettings.Managed(Optional.empty()), new MemoryLease())
            .apps()
            .attest(NONCE, Optional.empty());
    VerifiedEnvelope envelope = release(token);

    for (TransferKeyTemplate attempt : TransferKeyTemplate.values()) {
      try (GuestTpm tpm = assembly.openTpm()) {
        VtpmTransferKey key = tpm.createTransferKey(tpm.quote().values(), attempt);
        assertThatExceptionOfType(FailureException.class)
            .isThrownBy(() -> unwrap(envelope, key).close());
      }
    }
  }

  @Test
  void tellsOfANewVersionAsItHappens() throws Exception {
    KeyVersion second = lab.orElseThrow().newSessionVersion();
    try (var listening = RawCall.toPort(port).open()) {
      listening.write(
          ByteBuffer.wrap(
              ("GET /v1/keys/session/events HTTP/1.1\r\nHost: 127.0.0.1:"
                      + port
                      + "\r\nAuthorization: Bearer "
                      + token()
                      + "\r\n\r\n")
                  .getBytes(UTF_8)));
      grant(
          new GrantedVersion(second, VersionState.Current),
          new GrantedVersion(first, VersionState.Overlap));
      StringBuilder heard = new StringBuilder();
      var buffer = ByteBuffer.allocate(1024);
      while (!heard.toString().contains(second + "\",\"state\":\"Current\"")) {
        buffer.clear();
        assertThat(listening.read(buffer)).isPositive();
        heard.append(new String(buffer.array(), 0, buffer.position(), UTF_8));
      }
      assertThat(heard.toString()).contains("event: version");
    }
  }

  private static VerifiedEnvelope release(VerifiedToken token) throws Exception {
    LabSettings healthy = lab.orElseThrow().settings("healthy");
    AzureNetwork network = AzureNetwork.lab(healthy.tlsRoot(), healthy.proxy(), healthy.imds());
    SystemTime time = new SystemTime();
    ReleaseRequest request =
        new ReleaseRequest(
            KeyIdentifier.parse(TestLab.VAULT + "/keys/orders"),
            KeyEncryption.RSA_AES_KEY_WRAP_256,
            Nonce.fresh(new SecureRandom()));
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(network, Timeouts.REMOTE)) {
      var client =
          new KeyReleaseHttpClient(
              exchange, ManagedIdentity.ofMachine(ImdsEndpoint.of(network), time), time);
      return new EnvelopeVerifier(network.tlsRoots())
          .verify(client.release(request, token), request, time.now());
    }
  }

  private static ReleasedKey unwrap(VerifiedEnvelope envelope, VtpmTransferKey key)
      throws Exception {
    WrappedKey wrapped = envelope.wrappedKey().splitAt(key.modulusBytes());
    try (SecretBytes aesKey = key.decrypt(wrapped.encryption(), wrapped.wrappedAesKey())) {
      return ReleasedKey.unwrap(envelope.key(), wrapped, aesKey);
    }
  }

  private static PlatformSettings platform(TransferKeyTemplate template) throws Exception {
    PlatformSettings platform = lab.orElseThrow().platform("healthy", TestLab.MAA);
    return new PlatformSettings(
        platform.authorities(), platform.encryption(), TestLab.machine(template), platform.lab());
  }

  private static void grant(GrantedVersion... versions) throws Exception {
    new TestGrants(folder.resolve("grants"))
        .write("session", TestGrants.session(TestLab.policy("sevsnpvm"), versions));
  }

  private static int call(String method, String path, String body) throws Exception {
    return raw(method, path, body).status();
  }

  private static String send(String method, String path, String body) throws Exception {
    RawCall.Reply reply = raw(method, path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }

  private static RawCall.Reply raw(String method, String path, String body) throws Exception {
    return RawCall.toPort(port)
        .with("Host", "127.0.0.1:" + port)
        .with("Authorization", "Bearer " + token())
        .with("Content-Type", "application/json")
        .send(method, path, body);
  }

  private static String token() throws Exception {
    return Files.readString(folder.resolve("c/app/token"));
  }

  private static JsonMembers members(String text) throws Exception {
    return JsonMembers.parse(Bytes.ofUtf8(text));
  }

  private static String decoded(JsonMembers payload, String name) throws Exception {
    return new String(Base64.getDecoder().decode(payload.text(name)), UTF_8);
  }
}
