package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.description.LabDescriptionReader;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.emulator.entra.TestIssuer;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.LabClient;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four tenants in three clouds: each has its vaults, its identities and its federations. */
class LabTenantsTest {

  private static final String CONTOSO = "6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001";
  private static final String FABRIKAM = "6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f";
  private static final String DESCRIPTION =
      """
      tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001
      location: westeurope
      tenants:
        - {id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f, location: northeurope}
        - {id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00c, location: chinanorth3}
        - {id: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00a, location: usgovvirginia}
      authorities:
        - sharedweu.weu.attest.azure.net
        - sharedneu.neu.attest.azure.net
        - sharedcnn3.cnn3.attest.azure.cn
        - sharedugv.ugv.attest.azure.us
      principals:
        - {name: home, clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be101, objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be102}
        - name: other
          clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be201
          objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be202
          tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f
        - name: china
          clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be301
          objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be302
          tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00c
        - name: gov
          clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be401
          objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be402
          tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00a
      vaults:
        - {name: contoso, permissions: [{principal: home, keys: [create, list]}]}
        - name: fabrikam
          permissions: [{principal: other, keys: [create, list]}]
          settings: {tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f}
        - name: zhongguo
          permissions: [{principal: china, keys: [create, list]}]
          settings: {tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00c}
        - name: zhonghsm
          permissions: [{principal: china, keys: [create, list]}]
          settings: {tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00c, kind: managed_hsm}
        - name: agency
          permissions: [{principal: gov, keys: [create, list]}]
          settings: {tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00a, location: usgovtexas}
        - name: agencyhsm
          permissions: [{principal: gov, keys: [create, list]}]
          settings: {tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00a, kind: managed_hsm}
      machines:
        - {name: vm-home, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0001, condition: healthy, identities: [home]}
        - {name: vm-other, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0002, condition: healthy, identities: [other]}
        - name: vm-china
          vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0003
          condition: healthy
          identities: [china]
          location: chinaeast2
      """;

  private static SharedLab shared;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    shared = new SharedLab(folder, LabDescriptionReader.read(DESCRIPTION));
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @Tag("azure-02")
  @ParameterizedTest
  @CsvSource({
    "contoso, https://contoso.vault.azure.net, home, westeurope",
    "fabrikam, https://fabrikam.vault.azure.net, other, northeurope",
    "zhongguo, https://zhongguo.vault.azure.cn, china, chinanorth3",
    "zhonghsm, https://zhonghsm.managedhsm.azure.cn, china, chinanorth3",
    "agency, https://agency.vault.usgovcloudapi.net, gov, usgovtexas",
    "agencyhsm, https://agencyhsm.managedhsm.usgovcloudapi.net, gov, usgovvirginia"
  })
  void servesEachVaultAtItsCloudsHost(String vault, String url, String principal, String region) {
    LabClient.Reply reply = keys(vault, token(principal, vault));

    assertThat(shared.lab.vaultUrl(vault)).isEqualTo(url);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("x-ms-keyvault-region", region);
  }

  @Tag("azure-02")
  @ParameterizedTest
  @CsvSource({"fabrikam, home, contoso", "contoso, other, fabrikam"})
  void refusesTokensOfAnotherTenant(String vault, String stranger, String strangersVault) {
    LabClient.Reply reply = keys(vault, token(stranger, strangersVault));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("Unauthorized");
    assertThat(reply.message())
        .isEqualTo(
            "AKV10032: Invalid issuer. Expected one of https://sts.windows.net/"
                + tenantOf(vault)
                + "/.");
  }

  @Tag("azure-02")
  @ParameterizedTest
  @CsvSource({
    "contoso, china, zhongguo",
    "zhongguo, home, contoso",
    "zhongguo, china, zhonghsm",
    "zhonghsm, gov, agencyhsm",
    "agency, china, zhongguo"
  })
  void refusesTokensForAnotherCloudsVaults(String vault, String stranger, String strangersVault) {
    LabClient.Reply reply = keys(vault, token(stranger, strangersVault));

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.message())
        .contains("Invalid audience. Expected " + resource(shared.lab.vaultUrl(vault)));
  }

  @Tag("azure-01")
  @ParameterizedTest
  @CsvSource({
    "contoso, login.windows.net, https://vault.azure.net",
    "fabrikam, login.windows.net, https://vault.azure.net",
    "zhongguo, login.chinacloudapi.cn, https://vault.azure.cn",
    "zhonghsm, login.chinacloudapi.cn, https://managedhsm.azure.cn",
    "agencyhsm, login.microsoftonline.us, https://managedhsm.usgovcloudapi.net"
  })
  void challengesWithTheVaultsOwnTenant(String vault, String host, String resource) {
    LabClient.Reply reply = shared.client.get(shared.lab.vaultUrl(vault) + "/keys?api-version=7.4");

    assertThat(reply.headers())
        .containsEntry(
            "WWW-Authenticate",
            "Bearer authorization=\"https://"
                + host
                + "/"
                + tenantOf(vault)
                + "\", resource=\""
                + resource
                + "\"");
  }

  @Tag("azure-39")
  @ParameterizedTest
  @CsvSource({
    "vm-home, https://vault.azure.net, 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001",
    "vm-other, https://vault.azure.net, 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f",
    "vm-china, https://managedhsm.azure.cn, 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00c"
  })
  void givesMachinesTokensOfTheirOwnTenant(String machine, String resource, String tenant)
      throws Exception {
    JsonNode token = claims(imdsToken(machine, resource).json());

    assertThat(token.path("tid").asText()).isEqualTo(tenant);
    assertThat(token.path("iss").asText()).isEqualTo("https://sts.windows.net/" + tenant + "/");
    assertThat(token.path("aud").asText()).isEqualTo(resource);
  }

  @Tag("azure-39")
  @ParameterizedTest
  @CsvSource({"vm-china, https://vault.azure.net", "vm-home, https://vault.azure.cn"})
  void givesMachinesNoTokensOfAnotherCloud(String machine, String resource) {
    LabClient.Reply reply = imdsToken(machine, resource);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("error").asText()).isEqualTo("invalid_resource");
  }

  @Test
  @Tag("azure-40")
  void federatesEachTenantsPrincipalsInTheirOwnDirectory() throws Exception {
    KeyRing ring = new KeyRing(new MemoryState(), new SecureRandom());
    ring.prepare(List.of("tls", "signing", "stranger"));
    try (TestIssuer issuer =
        new TestIssuer(ring.rsa("tls"), ring.rsa("signing"), ring.rsa("stranger"), shared.time)) {
      var other = shared.lab.principal("other").clientId();
      shared.lab.register(
          new FederatedCredential(other, issuer.issuer(), TestIssuer.SUBJECT, issuer.caPem()));
      Map<String, String> form = new TreeMap<>();
      form.put("grant_type", "client_credentials");
      form.put("client_id", other.toString());
      form.put("scope", "https://vault.azure.net/.default");
      form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      form.put("client_assertion", issuer.assertion(claims -> {}));

      LabClient.Reply own = exchange("login.microsoftonline.com", FABRIKAM, form);
      LabClient.Reply foreign = exchange("login.microsoftonline.com", CONTOSO, form);
      LabClient.Reply elsewhere = exchange("login.chinacloudapi.cn", FABRIKAM, form);

      assertThat(claims(own.json()).path("tid").asText()).isEqualTo(FABRIKAM);
      assertThat(foreign.json().path("error_codes").path(0).asInt()).isEqualTo(700016);
      assertThat(elsewhere.json().path("error_codes").path(0).asInt()).isEqualTo(90002);
      assertThat(keys("fabrikam", own.json().path("access_token").asText()).status())
          .isEqualTo(200);
      assertThat(keys("contoso", own.json().path("access_token").asText()).status()).isEqualTo(401);
    }
  }

  @Tag("azure-40")
  @ParameterizedTest
  @CsvSource({
    "login.microsoftonline.com, 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f, 200",
    "login.chinacloudapi.cn, 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00c, 200",
    "login.partner.microsoftonline.cn, 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00c, 200",
    "login.microsoftonline.com, 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00c, 400",
    "login.microsoftonline.us, 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be00f, 400"
  })
  void describesATenantAtItsOwnCloudsLoginOnly(String host, String tenant, int status) {
    String base = "https://" + host + "/" + tenant;

    assertThat(shared.client.get(base + "/v2.0/.well-known/openid-configuration").status())
        .isEqualTo(status);
    assertThat(shared.client.get(base + "/discovery/v2.0/keys").status()).isEqualTo(status);
  }

  @Test
  void signsEachTenantsTokensWithItsOwnKey() {
    assertThat(
            shared.lab.description().allTenants().stream()
                .map(
                    one ->
                        shared
                            .client
                            .get(
                                LabEndpoints.loginUrl(one)
                                    + "/"
                                    + one.id()
                                    + "/discovery/v2.0/keys")
                            .json()
                            .at("/keys/0/n")
                            .asText())
                .distinct())
        .hasSize(4);
  }

  @Tag("azure-36")
  @ParameterizedTest
  @CsvSource({
    "sharedweu.weu.attest.azure.net, home, https://attest.azure.net, 200",
    "sharedneu.neu.attest.azure.net, home, https://attest.azure.net, 200",
    "sharedcnn3.cnn3.attest.azure.cn, china, https://attest.azure.cn, 200",
    "sharedugv.ugv.attest.azure.us, gov, https://attest.azure.us, 200",
    "sharedugv.ugv.attest.azure.us, china, https://attest.azure.cn, 401",
    "sharedweu.weu.attest.azure.net, other, https://attest.azure.net, 401"
  })
  void hasProvidersInEveryRegion(String host, String principal, String resource, int status) {
    String base = "https://" + host;

    JsonNode metadata = shared.client.get(base + "/.well-known/openid-configuration").json();
    LabClient.Reply policy =
        shared.client.get(
            base + "/policies/SevSnpVm?api-version=2022-08-01",
            "Authorization",
            "Bearer " + shared.lab.token(principal, resource));

    assertThat(metadata.path("issuer").asText()).isEqualTo(base);
    assertThat(shared.client.get(base + "/certs").json().at("/keys/0/kid").asText()).isNotEmpty();
    assertThat(policy.status()).isEqualTo(status);
  }

  @Test
  void listsItsTenants() {
    JsonNode endpoints = shared.lab.endpoints();

    assertThat(endpoints.path("tenants").findValuesAsText("loginUrl"))
        .containsExactly(
            "https://login.microsoftonline.com",
            "https://login.microsoftonline.com",
            "https://login.chinacloudapi.cn",
            "https://login.microsoftonline.us");
    assertThat(endpoints.at("/principals/china/tenant").asText()).endsWith("be00c");
  }

  private static JsonNode claims(JsonNode answer) throws Exception {
    return CompactJws.parse(answer.path("access_token").asText()).unverifiedClaims();
  }

  private static String tenantOf(String vault) {
    return shared.lab.description().vaults().stream()
        .filter(one -> one.name().equals(vault))
        .map(one -> one.settings().tenant().toString())
        .findFirst()
        .orElseThrow();
  }

  private static String resource(String vaultUrl) {
    return "https://" + vaultUrl.substring(vaultUrl.indexOf('.') + 1);
  }

  private static String token(String principal, String vault) {
    return shared.lab.token(principal, resource(shared.lab.vaultUrl(vault)));
  }

  private static LabClient.Reply keys(String vault, String token) {
    return shared.client.get(
        shared.lab.vaultUrl(vault) + "/keys?api-version=7.4", "Authorization", "Bearer " + token);
  }

  private static LabClient.Reply imdsToken(String machine, String resource) {
    return shared.imds(
        shared.lab.machine(machine),
        "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" + resource);
  }

  private static LabClient.Reply exchange(String host, String tenant, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return shared.client.send(
        "POST", "https://" + host + "/" + tenant + "/oauth2/v2.0/token", body);
  }
}
