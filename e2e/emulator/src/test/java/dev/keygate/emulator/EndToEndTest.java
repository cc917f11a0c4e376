package dev.keygate.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.GuestSession;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.evidence.tpm.RsaScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class EndToEndTest {

  private static final String VERSION = "?api-version=7.4";

  @TempDir private static Path folder;
  private static SharedLab shared;

  @BeforeAll
  static void start() throws Exception {
    shared = new SharedLab(folder);
    shared.lab.assign("contoso", "cvm-2", Set.of("create", "get", "update"));
    create("orders", policy("x-ms-sevsnpvm-is-debuggable", "false"));
    create("strangers", policy("x-ms-compliance-status", "\"azure-compliant-uvm\""));
  }

  @AfterAll
  static void end() {
    shared.close();
  }

  @Test
  void releasesAKeyToAHealthyMachine() throws Exception {
    try (GuestSession guest = shared.guest("cvm-1")) {
      LabClient.Reply reply = release("orders", guest, "cvm-1");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(unwrap(guest, reply)).hasSize(32);
    }
    assertThat(shared.lab.decisions().getLast().outcome()).isEqualTo(Decision.Outcome.ALLOWED);
  }

  @Test
  void releasesBothVersionsAfterARotation() throws Exception {
    create("turning", policy("x-ms-sevsnpvm-is-debuggable", "false"));
    String rotate = shared.lab.adminUrl() + "/vaults/contoso/keys/turning/rotate";
    try (GuestSession guest = shared.guest("cvm-1")) {
      byte[] before = unwrap(guest, release("turning", guest, "cvm-1"));
      String earlier = releasedKid(release("turning", guest, "cvm-1"));

      LabClient.Reply rotated = shared.client.direct("POST", rotate, "");

      assertThat(rotated.status()).isEqualTo(200);
      LabClient.Reply newest = release("turning", guest, "cvm-1");
      assertThat(releasedKid(newest)).isEqualTo(rotated.json().path("kid").asText());
      assertThat(unwrap(guest, newest)).isNotEqualTo(before);
      String version = earlier.substring(earlier.lastIndexOf('/'));
      assertThat(unwrap(guest, release("turning" + version, guest, "cvm-1"))).isEqualTo(before);
    }
  }

  private static String releasedKid(LabClient.Reply reply) throws Exception {
    return CompactJws.parse(reply.json().path("value").asText())
        .unverifiedClaims()
        .at("/response/key/key/kid")
        .asText();
  }

  @ParameterizedTest
  @CsvSource({"orders,cvm-debug", "strangers,cvm-1"})
  void refusesAMachineThatThePolicyDoesNotAdmit(String key, String machine) throws Exception {
    try (GuestSession guest = shared.guest(machine)) {
      LabClient.Reply reply = release(key, guest, machine);

      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.message())
          .isEqualTo(
              "Target environment attestation does not meet key release policy requirements");
    }
    assertThat(shared.lab.decisions().getLast().check()).isEqualTo("anyOf[0].allOf[0]");
  }

  @Test
  void keepsKeysOverARestart(@TempDir Path own) throws Exception {
    String kid;
    try (SharedLab first = new SharedLab(own)) {
      first.lab.assign("contoso", "cvm-2", Set.of("create", "get"));
      kid = createIn(first, "kept").json().at("/key/kid").asText();
    }
    assertThat(own.resolve("lab.json")).doesNotExist();
    String amdRoot = Files.readString(own.resolve("trust/amd-root.pem"));
    try (SharedLab second = new SharedLab(own)) {
      second.lab.assign("contoso", "cvm-2", Set.of("create", "get"));
      LabClient.Reply reply =
          second.client.get(
              second.lab.vaultUrl("contoso") + "/keys/kept" + VERSION,
              "Authorization",
              "Bearer " + token(second, "cvm-2"));

      assertThat(reply.json().at("/key/kid").asText()).isEqualTo(kid);
      assertThat(own.resolve("lab.json")).exists();
      assertThat(Files.readString(own.resolve("trust/amd-root.pem"))).isEqualTo(amdRoot);
    }
  }

  /** Whoever remembers an authority's keys still verifies its tokens. */
  @Test
  void keepsTheAuthoritiesKeysOverARestart(@TempDir Path own) throws Exception {
    JsonNode before;
    try (SharedLab first = new SharedLab(own)) {
      before = issuerKeys(first);
    }
    try (SharedLab second = new SharedLab(own)) {
      assertThat(issuerKeys(second)).isEqualTo(before);
    }
  }

  private static JsonNode issuerKeys(SharedLab lab) throws Exception {
    ObjectNode kids = Json.object();
    for (String authority : lab.lab.authorities()) {
      kids.set(authority, lab.client.get(authority + "/certs").json().at("/keys/0/kid"));
    }
    return kids;
  }

  private static void create(String name, String policy) {
    ObjectNode body = Json.object().put("kty", "oct-HSM");
    body.putObject("attributes").put("exportable", true);
    body.putObject("release_policy").put("data", Base64Text.url(policy.getBytes(UTF_8)));
    assertThat(post(shared, "/keys/" + name + "/create", "cvm-2", body).status()).isEqualTo(200);
  }

  private static LabClient.Reply createIn(SharedLab lab, String name) {
    return post(lab, "/keys/" + name + "/create", "cvm-2", Json.object().put("kty", "EC-HSM"));
  }

  private static LabClient.Reply release(String key, GuestSession guest, String machine)
      throws Exception {
    String sealed = shared.attest(guest.attestationInfo()).json().path("token").asText();
    ObjectNode body = Json.object().put("target", guest.open(sealed));
    return post(
        shared,
        "/keys/" + key + "/release",
        machine,
        body.put("enc", "RSA_AES_KEY_WRAP_256").put("nonce", "n-1"));
  }

  private static byte[] unwrap(GuestSession guest, LabClient.Reply reply) throws Exception {
    JsonNode payload = CompactJws.parse(reply.json().path("value").asText()).unverifiedClaims();
    String blob = payload.at("/response/key/key/key_hsm").asText();
    JsonNode keyHsm = Json.parseObject(new String(Base64.getUrlDecoder().decode(blob), UTF_8));
    byte[] ciphertext = Base64.getUrlDecoder().decode(keyHsm.path("ciphertext").asText());
    byte[] aes = guest.decrypt(Arrays.copyOf(ciphertext, 256), RsaScheme.OAEP_SHA256);
    Cipher kwp = Cipher.getInstance("AES/KWP/NoPadding");
    kwp.init(Cipher.UNWRAP_MODE, new SecretKeySpec(aes, "AES"));
    return kwp.unwrap(
            Arrays.copyOfRange(ciphertext, 256, ciphertext.length), "RAW", Cipher.SECRET_KEY)
        .getEncoded();
  }

  private static LabClient.Reply post(SharedLab lab, String path, String machine, ObjectNode body) {
    return lab.client.send(
        "POST",
        lab.lab.vaultUrl("contoso") + path + VERSION,
        body.toString(),
        "Authorization",
        "Bearer " + token(lab, machine),
        "Content-Type",
        "application/json");
  }

  private static String token(SharedLab lab, String machine) {
    return lab.imds(
            lab.lab.machine(machine),
            "/metadata/identity/oauth2/token?api-version=2018-02-01"
                + "&resource=https%3A%2F%2Fvault.azure.net")
        .json()
        .path("access_token")
        .asText();
  }

  private static String policy(String claim, String value) {
    return "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\""
        + SharedLab.MAA
        + "\",\"allOf\":[{\"claim\":\"x-ms-isolation-tee."
        + claim
        + "\",\"equals\":"
        + value
        + "}]}]}";
  }
}
