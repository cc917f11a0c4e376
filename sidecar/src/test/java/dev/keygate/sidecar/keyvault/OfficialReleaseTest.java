package dev.keygate.sidecar.keyvault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Configuration;
import com.azure.core.util.Context;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.KeyCurveName;
import com.azure.security.keyvault.keys.models.KeyExportEncryptionAlgorithm;
import com.azure.security.keyvault.keys.models.KeyReleasePolicy;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import com.azure.security.keyvault.keys.models.ReleaseKeyOptions;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.keygate.azure.attestation.MaaHttpClient;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.RetryLimits;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.thim.CollateralCache;
import dev.keygate.azure.thim.CollateralLimits;
import dev.keygate.azure.thim.ImdsCollateralSource;
import dev.keygate.azure.thim.ThimHttpClient;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.emulator.oidc.TrustedHttp;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.sidecar.TestLab;
import dev.keygate.sidecar.attest.AttestationServices;
import dev.keygate.sidecar.attest.AttestationTrust;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.attest.GuestMachine;
import dev.keygate.sidecar.attest.OsRelease;
import dev.keygate.sidecar.attest.VtpmAttester;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.device.TpmLocation;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.nonce.Nonce;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import dev.keygate.sidecar.unwrap.WrappedKey;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A key that Azure's own client makes and has released, unwrapped by the sidecar. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class OfficialReleaseTest {

  private static final byte[] MESSAGE = "an order".getBytes(UTF_8);
  private static final SystemTime TIME = new SystemTime();
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private static Path folder;
  private static TestLab lab;
  private static LabSettings settings;
  private static AzureNetwork network;
  private static KeyClient keys;

  @BeforeAll
  static void start() throws Exception {
    lab = TestLab.start(folder);
    settings = lab.settings("healthy");
    network = AzureNetwork.lab(settings.tlsRoot(), settings.proxy(), settings.imds());
    keys =
        new KeyClientBuilder()
            .vaultUrl(TestLab.VAULT)
            .credential(machine())
            .httpClient(http())
            .buildClient();
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void signsWithTheUnwrappedKeyWhatTheVaultVerifies() throws Exception {
    KeyVaultKey made = createExportable("official");
    Nonce nonce = Nonce.fresh(RANDOM);

    byte[] signature;
    try (AttestedGuest guest = attest();
        ReleasedKey key = unwrap(release("official", nonce, guest), request(nonce), guest)) {
      signature = sign(key, MESSAGE);
    }

    assertThat(isVerifiedByTheVault(made, MESSAGE, signature)).isTrue();
    byte[] other = "another order".getBytes(UTF_8);
    assertThat(isVerifiedByTheVault(made, other, signature)).isFalse();
  }

  @Test
  void asksTheVaultItselfWhetherASignatureIsGood() throws Exception {
    KeyVaultKey made = createExportable("remote");
    lab.inject(
        "contoso.vault.azure.net",
        "/keys/remote/[0-9a-f]{32}/verify",
        new FaultEffect.Status(403, Map.of()));

    try {
      assertThatExceptionOfType(HttpResponseException.class)
          .isThrownBy(() -> isVerifiedByTheVault(made, MESSAGE, new byte[64]));
    } finally {
      lab.clearFaults();
    }
    assertThat(isVerifiedByTheVault(made, MESSAGE, new byte[64])).isFalse();
  }

  private static KeyVaultKey createExportable(String name) throws Exception {
    BinaryData policy = BinaryData.fromString(CanonicalWriter.write(TestLab.policy("sevsnpvm")));
    return keys.createEcKey(
        new CreateEcKeyOptions(name)
            .setHardwareProtected(true)
            .setCurveName(KeyCurveName.P_256)
            .setExportable(true)
            .setReleasePolicy(new KeyReleasePolicy(policy)));
  }

  private static AttestedGuest attest() throws Exception {
    GuestMachine machine =
        new GuestMachine(
            new TpmLocation.LabSocket(settings.machine().tpm().orElseThrow()),
            TransferKeyTemplate.RANDOM,
            settings.machine().eventLog().orElseThrow(),
            OsRelease.read(Path.of("/etc/os-release")));
    AttestationTrust trust =
        new AttestationTrust(hardwareRoots(), List.of(AuthorityEndpoint.parse(TestLab.MAA)));
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(network, Timeouts.REMOTE)) {
      AttestationServices services =
          new AttestationServices(
              new CollateralCache(
                  List.of(
                      new ImdsCollateralSource(new ThimHttpClient(ImdsEndpoint.of(network), TIME))),
                  trust.hardwareRoots(),
                  CollateralLimits.DEFAULT,
                  TIME),
              new MaaHttpClient(exchange, TIME),
              new RetryPolicy(RetryLimits.ONCE, TIME, RANDOM),
              TIME);
      return new VtpmAttester(machine, trust, services, RANDOM).attest();
    }
  }

  private static PinnedRoots hardwareRoots() throws Exception {
    try (var in = Files.newInputStream(settings.amdRoot())) {
      var root = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return PinnedRoots.amd().plus(PinnedRoots.digestOf(root.getPublicKey()));
    }
  }

  private static String release(String name, Nonce nonce, AttestedGuest guest) {
    ReleaseKeyOptions options =
        new ReleaseKeyOptions()
            .setAlgorithm(KeyExportEncryptionAlgorithm.RSA_AES_KEY_WRAP_256)
            .setNonce(nonce.text());
    return keys.releaseKeyWithResponse(
            name, null, guest.token().token().reveal(), options, Context.NONE)
        .getValue()
        .getValue();
  }

  private static ReleaseRequest request(Nonce nonce) throws Exception {
    return new ReleaseRequest(
        KeyIdentifier.parse(TestLab.VAULT + "/keys/official"),
        KeyEncryption.RSA_AES_KEY_WRAP_256,
        nonce);
  }

  private static ReleasedKey unwrap(String value, ReleaseRequest request, AttestedGuest guest)
      throws Exception {
    VerifiedEnvelope envelope =
        new EnvelopeVerifier(network.tlsRoots())
            .verify(ReleaseEnvelope.parse(value, ""), request, TIME.now());
    WrappedKey wrapped = envelope.wrappedKey().splitAt(guest.transferKey().modulusBytes());
    try (SecretBytes aesKey =
        guest.transferKey().decrypt(wrapped.encryption(), wrapped.wrappedAesKey())) {
      return ReleasedKey.unwrap(envelope.key(), wrapped, aesKey);
    }
  }

  private static byte[] sign(ReleasedKey key, byte[] message) throws Exception {
    try (SecretBytes pkcs8 = key.encode(KeyEncoding.RAW)) {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(pkcs8.reveal(Purpose.VERIFY, byte[]::clone))));
      signature.update(message);
      return signature.sign();
    }
  }

  // Without its cache the client has no public half to verify with by itself.
  private static boolean isVerifiedByTheVault(KeyVaultKey key, byte[] message, byte[] signature)
      throws Exception {
    return new CryptographyClientBuilder()
        .keyIdentifier(key.getId())
        .credential(machine())
        .httpClient(http())
        .disableKeyCaching()
        .buildClient()
        .verify(
            SignatureAlgorithm.ES256,
            MessageDigest.getInstance("SHA-256").digest(message),
            signature)
        .isValid();
  }

  private static HttpClient http() throws Exception {
    var trusting =
        TrustedHttp.through(settings.proxy(), Files.readString(settings.tlsRoot())).sslContext();
    var builder =
        java.net.http.HttpClient.newBuilder()
            .proxy(ProxySelector.of(settings.proxy()))
            .sslContext(trusting);
    return new JdkHttpClientBuilder(builder).configuration(Configuration.NONE).build();
  }

  private static TokenCredential machine() throws Exception {
    URI token =
        URI.create(
            settings.imds()
                + "/metadata/identity/oauth2/token?api-version=2018-02-01"
                + "&resource=https%3A%2F%2Fvault.azure.net");
    try (var plain = java.net.http.HttpClient.newBuilder().build()) {
      String answer =
          plain
              .send(
                  HttpRequest.newBuilder(token).header("Metadata", "true").build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      String text = JSONObjectUtils.getString(JSONObjectUtils.parse(answer), "access_token");
      AccessToken access =
          new AccessToken(text, TIME.now().plusSeconds(600).atOffset(ZoneOffset.UTC));
      return asked -> Mono.just(access);
    }
  }
}
