package dev.keygate.emulator.keyvault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Directory;
import dev.keygate.emulator.entra.Entra;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.emulator.net.ConnectProxy;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.net.Literal;
import dev.keygate.emulator.net.Sites;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.emulator.oidc.DiscoveredKeys;
import dev.keygate.emulator.oidc.TrustedHttp;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.LabState;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.emulator.testing.ShiftedTime;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A vault, its tenant's Entra and an attestation authority at their hosts behind a proxy. */
final class VaultBench implements AutoCloseable {

  static final UUID TENANT = UUID.fromString("00000000-0000-0000-0000-00000000000a");
  static final String URL = "https://contoso.vault.azure.net";
  static final String VERSION = "?api-version=7.4";

  private static final ServicePrincipal OFFICER = principal("officer", 1);
  private static final ServicePrincipal RELEASER = principal("releaser", 2);
  private static final ServicePrincipal READER = principal("reader", 3);

  final ShiftedTime time = new ShiftedTime();
  final DecisionLog log = new DecisionLog();
  final LabState state = new MemoryState();
  final TestAuthority authority;
  final X509Certificate root;
  private final AccessTokenIssuer tokens;
  private final AccessTokenIssuer forged;
  private final ConnectProxy proxy;
  private final DiscoveredKeys issuers;
  private final LabClient client;

  VaultBench() throws IOException, GeneralSecurityException {
    SecureRandom random = new SecureRandom();
    KeyRing ring = new KeyRing(new MemoryState(), random);
    ring.prepare(List.of("tls-root", "tls-issuing", "a", "b", "c", "entra", "forged"));
    LabCertificates certificates = new LabCertificates(ring, random, time);
    root = certificates.root();
    authority = new TestAuthority(ring.rsa("a"), ring.rsa("b"), ring.rsa("c"), time);
    tokens = new AccessTokenIssuer(TENANT, certificates.issue("entra", List.of("sts")), time);
    forged = new AccessTokenIssuer(TENANT, certificates.issue("forged", List.of("sts")), time);
    Entra entra =
        new Entra(new Directory(TENANT, List.of(OFFICER, RELEASER, READER)), tokens, time);
    proxy = ConnectProxy.bind(Literal.loopback(0));
    issuers =
        new DiscoveredKeys(TrustedHttp.through(proxy.address(), certificates.rootPem()), time);
    TlsIdentity identity = certificates.issue("a", List.of("vault.azure.net", "*.vault.azure.net"));
    Vault vault =
        new Vault(
            new Vault.Site("contoso", TENANT, "westeurope"),
            KeyCatalog.open(state, "contoso"),
            identity,
            new KeyRelease.Lab(issuers, log, time, random));
    assign(vault);
    TlsIdentity others = certificates.issue("b", List.of(TestAuthority.HOST, Entra.HOST));
    proxy.serve(
        new Sites()
            .add("contoso.vault.azure.net", identity, vault)
            .add(TestAuthority.HOST, others, authority)
            .add(Entra.HOST, others, entra));
    client = new LabClient(proxy.address(), certificates.rootPem());
  }

  private static void assign(Vault vault) {
    Set<KeyPermission> officer = EnumSet.allOf(KeyPermission.class);
    officer.remove(KeyPermission.RELEASE);
    vault.permissions().assign(OFFICER.objectId(), officer);
    vault.permissions().assign(RELEASER.objectId(), Set.of(KeyPermission.RELEASE));
    vault.permissions().assign(READER.objectId(), Set.of(KeyPermission.GET));
  }

  private static ServicePrincipal principal(String name, int number) {
    return new ServicePrincipal(name, new UUID(1, number), new UUID(2, number));
  }

  String officer() {
    return token(tokens, OFFICER, Audience.VAULT);
  }

  String releaser() {
    return token(tokens, RELEASER, Audience.VAULT);
  }

  String reader() {
    return token(tokens, READER, Audience.VAULT);
  }

  String forManagedHsm() {
    return token(tokens, OFFICER, Audience.MANAGED_HSM);
  }

  String forged() {
    return token(forged, OFFICER, Audience.VAULT);
  }

  private static String token(
      AccessTokenIssuer issuer, ServicePrincipal principal, Audience audience) {
    return issuer.issue(principal, audience, Duration.ofHours(1)).text();
  }

  LabClient.Reply send(String method, String path, String token, String body) {
    return client.send(
        method,
        URL + path,
        body,
        "Authorization",
        "Bearer " + token,
        "Content-Type",
        "application/json");
  }

  LabClient.Reply sendWithoutToken(String method, String path) {
    return client.send(method, URL + path, "");
  }

  LabClient.Reply create(String name, ObjectNode body) {
    return send("POST", "/keys/" + name + "/create" + VERSION, officer(), body.toString());
  }

  LabClient.Reply release(String path, ObjectNode body) {
    return send("POST", path + "/release" + VERSION, releaser(), body.toString());
  }

  /** An exportable key with the policy. */
  static ObjectNode exportable(String kty, String policy) {
    ObjectNode body = Json.object().put("kty", kty);
    body.putObject("attributes").put("exportable", true);
    return body.set("release_policy", carrier(policy));
  }

  static ObjectNode carrier(String policy) {
    return Json.object().put("data", Base64Text.url(policy.getBytes(UTF_8)));
  }

  /** A policy of the bench's authority with one comparison. */
  static String policy(String claim, String jsonValue) {
    return "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\""
        + TestAuthority.ISSUER
        + "\",\"allOf\":[{\"claim\":\""
        + claim
        + "\",\"equals\":"
        + jsonValue
        + "}]}]}";
  }

  static String compliant() {
    return policy("x-ms-isolation-tee.x-ms-compliance-status", "\"azure-compliant-cvm\"");
  }

  @Override
  public void close() {
    client.close();
    issuers.close();
    proxy.close();
  }
}
