package dev.keygate.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jwt.SignedJWT;
import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.ManagedIdentity;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.delivery.MemoryLease;
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
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The local API of a sidecar that runs against the lab. */
class LabLocalApiTest {

  private static final String NONCE = "relying-party-nonce-1";

  @TempDir private static Path folder;
  private static Optional<LabSidecar> sidecar = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    sidecar = Optional.of(LabSidecar.start(folder));
  }

  @AfterAll
  static void stop() {
    sidecar.ifPresent(LabSidecar::close);
  }

  @Test
  void tellsTheClaimsAndThatThePolicyAdmitsThem() throws Exception {
    JsonMembers told = members(send("GET", "/v1/attestation", ""));

    JsonMembers claims = told.members("attestation").members("claims");
    assertThat(claims.members("x-ms-isolation-tee").text("x-ms-attestation-type"))
        .isEqualTo("sevsnpvm");
    assertThat(claims.has("jti")).isFalse();
    assertThat(told.list("policies"))
        .extracting(policy -> policy.text("name") + " " + policy.text("verdict"))
        .containsExactly("orders Admitted", "session Admitted");
  }

  @Test
  void tellsWhichDeviceItUsesAndWhy() throws Exception {
    JsonMembers device = members(send("GET", "/v1/attestation", "")).members("device");

    assertThat(device.text("used")).isEqualTo("VTPM");
    assertThat(device.list("probes"))
        .extracting(probe -> probe.text("device") + " " + probe.text("result"))
        .containsExactly("VTPM found");
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
    KeyVersion second = sidecar().lab().newSessionVersion();
    try (var listening = RawCall.toPort(sidecar().port()).open()) {
      listening.write(
          ByteBuffer.wrap(
              ("GET /v1/keys/session/events HTTP/1.1\r\nHost: 127.0.0.1:"
                      + sidecar().port()
                      + "\r\nAuthorization: Bearer "
                      + sidecar().token()
                      + "\r\n\r\n")
                  .getBytes(UTF_8)));
      sidecar().grant(TestGrants.current(second), TestGrants.overlap(sidecar().first()));
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
    LabSettings healthy = sidecar().lab().settings("healthy");
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
    PlatformSettings platform = sidecar().lab().platform("healthy", TestLab.MAA);
    return new PlatformSettings(
        platform.authorities(), platform.encryption(), TestLab.machine(template), platform.lab());
  }

  private static String send(String method, String path, String body) throws Exception {
    RawCall.Reply reply = sidecar().call(method, path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.body();
  }

  private static LabSidecar sidecar() {
    return sidecar.orElseThrow();
  }

  private static JsonMembers members(String text) throws Exception {
    return JsonMembers.parse(Bytes.ofUtf8(text));
  }

  private static String decoded(JsonMembers payload, String name) throws Exception {
    return new String(Base64.getDecoder().decode(payload.text(name)), UTF_8);
  }
}
