package dev.keygate.emulator.official;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.emulator.Lab;
import dev.keygate.emulator.LabMachine;
import dev.keygate.emulator.LabSetup;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.emulator.entra.TestIssuer;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.oidc.TrustedHttp;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.GuestSession;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.time.TimeSource;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** The standard lab, an issuer of workload tokens, and official clients on their way to it. */
final class OfficialLab implements AutoCloseable {

  static final String MAA = "https://sharedweu.weu.attest.azure.net";
  static final String VAULT = "contoso";
  static final String OPERATOR = "operator";

  private static final Set<String> ALL =
      Set.of("create", "get", "list", "update", "delete", "recover", "purge", "rotate");

  final Lab lab;
  private final Path folder;
  private final TestIssuer issuer;
  private final LabClient client;

  private OfficialLab(Lab lab, Path folder, TestIssuer issuer, LabClient client) {
    this.lab = lab;
    this.folder = folder;
    this.issuer = issuer;
    this.client = client;
  }

  /** Starts one; its operator may do everything but release, and is trusted to this issuer. */
  static OfficialLab start(Path folder) throws Exception {
    TimeSource time = new SystemTime();
    KeyRing ring = new KeyRing(new MemoryState(), new SecureRandom());
    ring.prepare(List.of("tls", "signing", "stranger"));
    TestIssuer issuer =
        new TestIssuer(ring.rsa("tls"), ring.rsa("signing"), ring.rsa("stranger"), time);
    Lab lab = Lab.start(LabDescription.standard(), LabSetup.in(folder, time));
    lab.assign(VAULT, OPERATOR, ALL);
    lab.register(
        new FederatedCredential(
            lab.principal(OPERATOR).clientId(),
            issuer.issuer(),
            TestIssuer.SUBJECT,
            issuer.caPem()));
    String root = Files.readString(lab.trustFolder().resolve("tls-root.pem"));
    return new OfficialLab(lab, folder, issuer, new LabClient(lab.proxyAddress(), root));
  }

  /** The JDK's client under Azure's, through the lab's proxy, trusting the lab's root alone. */
  HttpClient http() throws Exception {
    String root = Files.readString(lab.trustFolder().resolve("tls-root.pem"));
    java.net.http.HttpClient trusting = TrustedHttp.through(lab.proxyAddress(), root);
    return http(java.net.http.HttpClient.newBuilder().sslContext(trusting.sslContext()));
  }

  /** The same with the roots of this JVM, which know nothing of the lab. */
  HttpClient httpWithoutTheLabsRoot() {
    return http(java.net.http.HttpClient.newBuilder());
  }

  private HttpClient http(java.net.http.HttpClient.Builder builder) {
    return new JdkHttpClientBuilder(builder.proxy(ProxySelector.of(lab.proxyAddress())))
        .configuration(Configuration.NONE)
        .build();
  }

  /** A client with a workload identity. */
  KeyClient keysAs(TokenCredential credential) throws Exception {
    return new KeyClientBuilder()
        .vaultUrl(lab.vaultUrl(VAULT))
        .credential(credential)
        .httpClient(http())
        .buildClient();
  }

  /** The operator's workload identity, with an assertion as an API server projects it. */
  TokenCredential operator(Consumer<ObjectNode> assertionChange) throws Exception {
    Path assertion = Files.createTempFile(folder, "assertion", ".jwt");
    Files.writeString(assertion, issuer.assertion(assertionChange));
    return new WorkloadIdentityCredentialBuilder()
        .tenantId(lab.description().tenant().toString())
        .clientId(lab.principal(OPERATOR).clientId().toString())
        .tokenFilePath(assertion.toString())
        .httpClient(http())
        .build();
  }

  /** A token that somebody else fetched. */
  static TokenCredential of(String accessToken) {
    return request ->
        Mono.just(
            new AccessToken(
                accessToken, new SystemTime().now().plusSeconds(600).atOffset(ZoneOffset.UTC)));
  }

  /** A token of a machine's own identity, over the machine's metadata service. */
  String machineToken(String machine) {
    return client
        .direct(
            "GET",
            lab.machine(machine).imdsUrl()
                + "/metadata/identity/oauth2/token?api-version=2018-02-01"
                + "&resource=https%3A%2F%2Fvault.azure.net",
            "",
            "Metadata",
            "true")
        .json()
        .path("access_token")
        .asText();
  }

  /** What the lab's first authority says of a machine. */
  String attestationToken(String machine) throws Exception {
    LabMachine guest = lab.machine(machine);
    JsonNode collateral =
        client
            .direct(
                "GET", guest.imdsUrl() + "/metadata/THIM/amd/certification", "", "Metadata", "true")
            .json();
    try (GuestSession session = new GuestSession(guest.tpmSocket(), guest.eventLog(), collateral)) {
      String info = Base64Text.url(session.attestationInfo().toString().getBytes(UTF_8));
      LabClient.Reply reply =
          client.send(
              "POST",
              MAA + "/attest/AzureGuest?api-version=2020-10-01",
              Json.object().put("AttestationInfo", info).toString());
      return session.open(reply.json().path("token").asText());
    }
  }

  @Override
  public void close() {
    client.close();
    issuer.close();
    lab.close();
  }
}
