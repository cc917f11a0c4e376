package dev.keygate.emulator.keyvault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Directory;
import dev.keygate.emulator.entra.Entra;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.keyvault.access.KeyPermission;
import dev.keygate.emulator.keyvault.change.BackupSeal;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.emulator.keyvault.site.VaultSite;
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
import dev.keygate.endpoint.VaultHost;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A vault and a Managed HSM of one tenant, a vault of another, both tenants' Entra and an
 * attestation authority, at their hosts behind a proxy.
 */
final class VaultBench implements AutoCloseable {

  static final UUID TENANT = UUID.fromString("00000000-0000-0000-0000-00000000000a");
  static final UUID OTHER_TENANT = UUID.fromString("00000000-0000-0000-0000-00000000000b");
  static final String URL = "https://contoso.vault.azure.net";
  static final String HSM_URL = "https://contoso.managedhsm.azure.net";
  static final String OTHER_URL = "https://fabrikam.vault.azure.net";
  static final String VERSION = "?api-version=7.4";

  static final ServicePrincipal OFFICER = principal("officer", 1);
  static final ServicePrincipal RELEASER = principal("releaser", 2);
  static final ServicePrincipal READER = principal("reader", 3);

  final ShiftedTime time = new ShiftedTime();
  final DecisionLog log = new DecisionLog();
  final LabState state = new MemoryState();
  final TestAuthority authority;
  final X509Certificate root;
  final Vault vault;
  final Vault managedHsm;
  private final AccessTokenIssuer tokens;
  private final AccessTokenIssuer forged;
  private final PrivateKey tokenKey;
  private final ConnectProxy proxy;
  private final DiscoveredKeys issuers;
  private final LabClient client;

  VaultBench() throws IOException, GeneralSecurityException {
    this(VaultSettings.DEFAULT);
  }

  /** With settings of the first tenant's vaults. */
  VaultBench(VaultSettings settings) throws IOException, GeneralSecurityException {
    SecureRandom random = new SecureRandom();
    KeyRing ring = new KeyRing(new MemoryState(), random);
    ring.prepare(List.of("tls-root", "tls-issuing", "a", "b", "c", "entra", "forged"));
    LabCertificates certificates = new LabCertificates(ring, random, time);
    root = certificates.root();
    tokenKey = ring.rsa("entra").getPrivate();
    authority = new TestAuthority(ring.rsa("a"), ring.rsa("b"), ring.rsa("c"), time);
    tokens = new AccessTokenIssuer(TENANT, certificates.issue("entra", List.of("sts")), time);
    forged = new AccessTokenIssuer(TENANT, certificates.issue("forged", List.of("sts")), time);
    Entra entra =
        new Entra(new Directory(TENANT, List.of(OFFICER, RELEASER, READER)), tokens, time);
    proxy = ConnectProxy.bind(Literal.loopback(0));
    issuers =
        new DiscoveredKeys(TrustedHttp.through(proxy.address(), certificates.rootPem()), time);
    Vault.Shared shared =
        new Vault.Shared(
            new KeyRelease.Lab(issuers, time, random), log, BackupSeal.open(state, random));
    TlsIdentity ofVaults = certificates.issue("a", List.of("vault.azure.net", "*.vault.azure.net"));
    TlsIdentity ofHsm =
        certificates.issue(
            "a", List.of("*.contoso.managedhsm.azure.net", "contoso.managedhsm.azure.net"));
    vault = vault(site("contoso.vault.azure.net", TENANT, settings), ofVaults, shared);
    managedHsm = vault(site("contoso.managedhsm.azure.net", TENANT, settings), ofHsm, shared);
    VaultSite other = site("fabrikam.vault.azure.net", OTHER_TENANT, VaultSettings.DEFAULT);
    TlsIdentity others = certificates.issue("b", List.of(TestAuthority.HOST, Entra.HOST));
    proxy.serve(
        new Sites()
            .add("contoso.vault.azure.net", ofVaults, vault)
            .add("contoso.managedhsm.azure.net", ofHsm, managedHsm)
            .add("fabrikam.vault.azure.net", ofVaults, vault(other, ofVaults, shared))
            .add(TestAuthority.HOST, others, authority)
            .add(Entra.HOST, others, entra));
    client = new LabClient(proxy.address(), certificates.rootPem());
  }

  private static VaultSite site(String host, UUID tenant, VaultSettings settings) {
    return new VaultSite(new VaultHost(host), tenant, "westeurope", settings);
  }

  private Vault vault(VaultSite site, TlsIdentity identity, Vault.Shared shared) {
    KeyCatalog catalog = KeyCatalog.open(state, site.stateName());
    Vault made = new Vault(site, catalog, identity, shared);
    Set<KeyPermission> officer = EnumSet.allOf(KeyPermission.class);
    officer.remove(KeyPermission.RELEASE);
    made.permissions().establish(OFFICER.objectId(), officer);
    made.permissions().establish(RELEASER.objectId(), Set.of(KeyPermission.RELEASE));
    made.permissions().establish(READER.objectId(), Set.of(KeyPermission.GET));
    return made;
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

  String forManagedHsm(ServicePrincipal principal) {
    return token(tokens, principal, Audience.MANAGED_HSM);
  }

  String forged() {
    return token(forged, OFFICER, Audience.VAULT);
  }

  /** The officer's token with other claims, signed by the tenant. */
  String accessToken(Consumer<ObjectNode> changes) {
    try {
      String genuine = officer();
      ObjectNode claims = CompactJws.parse(genuine).unverifiedClaims();
      changes.accept(claims);
      String header = genuine.substring(0, genuine.indexOf('.'));
      return CompactJws.sign(
          Json.parseObject(new String(Base64Text.decode(header), UTF_8)), claims, tokenKey);
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String token(
      AccessTokenIssuer issuer, ServicePrincipal principal, Audience audience) {
    return issuer.issue(principal, audience, Duration.ofHours(1)).text();
  }

  LabClient.Reply send(String method, String path, String token, String body) {
    return sendTo(method, URL + path, token, body);
  }

  LabClient.Reply sendTo(String method, String url, String token, String body) {
    return client.send(
        method,
        url,
        body,
        "Authorization",
        "Bearer " + token,
        "Content-Type",
        "application/json",
        "x-ms-client-request-id",
        "client-1");
  }

  LabClient.Reply sendWithoutToken(String method, String path, String... headers) {
    return client.send(method, URL + path, "", headers);
  }

  LabClient.Reply create(String name, ObjectNode body) {
    return send("POST", "/keys/" + name + "/create" + VERSION, officer(), body.toString());
  }

  /** As the key officer, in the bench's API version. */
  LabClient.Reply manage(String method, String path, ObjectNode body) {
    return send(method, path + VERSION, officer(), body.toString());
  }

  /** The same at the Managed HSM. */
  LabClient.Reply manageHsm(String method, String path, ObjectNode body) {
    return sendTo(method, HSM_URL + path + VERSION, forManagedHsm(), body.toString());
  }

  LabClient.Reply release(String path, ObjectNode body) {
    return send("POST", path + "/release" + VERSION, releaser(), body.toString());
  }

  /** A release for the bench's environment. */
  LabClient.Reply release(String path) {
    return release(path, Json.object().put("target", authority.token()));
  }

  LabClient.Reply releaseOfHsm(String path) {
    String body = Json.object().put("target", authority.token()).toString();
    return sendTo("POST", HSM_URL + path + "/release" + VERSION, forManagedHsm(RELEASER), body);
  }

  Decision lastDecision() {
    return log.all().getLast();
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
