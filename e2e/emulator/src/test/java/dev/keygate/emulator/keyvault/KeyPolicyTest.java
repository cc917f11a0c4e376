package dev.keygate.emulator.keyvault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What release policies a vault takes, how it keeps them, and what they admit. */
class KeyPolicyTest {

  private static final String OTHER = "https://shared.other.attest.azure.net";
  private static final String TYPE = "x-ms-attestation-type";

  private static VaultBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new VaultBench();
  }

  @AfterAll
  static void end() {
    bench.close();
  }

  static Stream<Arguments> encodings() {
    byte[] text = VaultBench.compliant().getBytes(UTF_8);
    return Stream.of(
        Arguments.of("unpadded base64url", Base64Text.url(text)),
        Arguments.of("padded base64url", Base64.getUrlEncoder().encodeToString(text)),
        Arguments.of("padded standard base64", Base64.getEncoder().encodeToString(text)),
        Arguments.of("standard base64 in lines", Base64.getMimeEncoder().encodeToString(text)));
  }

  @Tag("azure-10")
  @ParameterizedTest(name = "{0}")
  @MethodSource("encodings")
  void takesEncoding(String encoding, String data) {
    ObjectNode body = VaultBench.exportable("EC-HSM", "");
    body.withObject("/release_policy").put("data", data);

    LabClient.Reply reply = bench.create(name(), body);

    assertThat(reply.status()).as(encoding).isEqualTo(200);
    assertThat(reply.json().at("/release_policy/data").asText())
        .isEqualTo(VaultBench.carrier(VaultBench.compliant()).path("data").asText());
  }

  @Tag("azure-10")
  @ParameterizedTest
  @ValueSource(strings = {"\"version\":\"0.2\",", "\"version\":\"1.0\",", ""})
  void writesThePolicyAnew(String version) throws Exception {
    String sent = VaultBench.compliant().replace("\"version\":\"1.0.0\",", version) + "\n";
    ObjectNode body = VaultBench.exportable("EC-HSM", sent);
    body.withObject("/release_policy").put("contentType", "application/json");

    LabClient.Reply reply = bench.create(name(), body);

    String kept =
        new String(Base64Text.decode(reply.json().at("/release_policy/data").asText()), UTF_8);
    assertThat(kept).isEqualTo(VaultBench.compliant());
    assertThat(reply.json().at("/release_policy/contentType").asText())
        .isEqualTo("application/json");
    assertThat(reply.json().at("/release_policy/immutable").asBoolean(true)).isFalse();
  }

  @Tag("azure-10")
  @Tag("azure-18")
  @Tag("azure-20")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "[]",
        "{}",
        "{'anyOf':[]}",
        "{'allOf':[{'authority':'a','allOf':[{'claim':'c','equals':'v'}]}]}",
        "{'anyOf':[{'authority':'a'}]}",
        "{'anyOf':[{'authority':'','allOf':[{'claim':'c','equals':'v'}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[]}]}",
        "{'anyOf':[{'authority':'a','anyOf':[{'claim':'c','equals':1}],'allOf':[{'claim':'c','equals':1}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'anyOf':[]}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c'}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','equals':null}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','equals':{}}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','equals':['v']}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','equals':1,'less':2}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','condition':'equals','value':1}]}]}",
        "{'anyof':[{'authority':'a','allof':[{'claim':'c','equals':1}]}]}",
        "{'version':'2.0','anyOf':[{'authority':'a','allOf':[{'claim':'c','equals':1}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','notEquals':1}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','less':1}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','lessOrEquals':1}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','greater':1}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','greaterOrEquals':1}]}]}",
        "{'anyOf':[{'authority':'a','allOf':[{'claim':'c','exists':true}]}]}"
      })
  void refusesPolicy(String policy) {
    LabClient.Reply reply =
        bench.create("never", VaultBench.exportable("EC-HSM", policy.replace('\'', '"')));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("BadParameter");
    assertThat(reply.message()).startsWith("Invalid release policy");
  }

  @Tag("azure-10")
  @ParameterizedTest
  @CsvSource({"a b c, base64url", "%%%, base64url", "A, base64url", "====, policy"})
  void refusesWhatIsNoEncoding(String data, String about) {
    ObjectNode body = VaultBench.exportable("EC-HSM", "");
    body.withObject("/release_policy").put("data", data);

    LabClient.Reply reply = bench.create("never", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).contains(about);
  }

  @Tag("azure-10")
  @Test
  void refusesImmutableThatIsNoBoolean() {
    ObjectNode body = VaultBench.exportable("EC-HSM", VaultBench.compliant());
    body.withObject("/release_policy").put("immutable", "true");

    assertThat(bench.create("never", body).status()).isEqualTo(400);
  }

  @Tag("azure-09")
  @Test
  void makesAPolicyImmutableOnceAndForAll() {
    String path = "/keys/" + created(VaultBench.compliant());
    ObjectNode policy = VaultBench.carrier(VaultBench.compliant()).put("immutable", true);
    ObjectNode change = Json.object().set("release_policy", policy);

    assertThat(bench.manage("PATCH", path, change).status()).isEqualTo(200);
    policy.put("immutable", false);
    LabClient.Reply again = bench.manage("PATCH", path, change);

    assertThat(again.message()).startsWith("AKV.SKR.1020");
    assertThat(bench.manage("POST", path + "/create", Json.object().put("kty", "EC-HSM")).status())
        .isEqualTo(200);
  }

  @Tag("azure-16")
  @Tag("azure-17")
  @Tag("azure-18")
  @Tag("azure-19")
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "trailing slash of the authority | {'anyOf':[{'authority':'ISS/','allOf':[OK]}]} | 200",
        "authority in upper case | {'anyOf':[{'authority':'HTTPS://SHAREDWEU.weu.attest.azure.net','allOf':[OK]}]} | 200",
        "another authority first | {'anyOf':[{'authority':'OTHER','allOf':[BAD]},{'authority':'ISS','allOf':[OK]}]} | 200",
        "the same authority twice | {'anyOf':[{'authority':'ISS','allOf':[BAD]},{'authority':'ISS','allOf':[OK]}]} | 200",
        "satisfied by another authority only | {'anyOf':[{'authority':'OTHER','allOf':[OK]},{'authority':'ISS','allOf':[BAD]}]} | 403",
        "no authority of the issuer | {'anyOf':[{'authority':'OTHER','allOf':[OK]}]} | 403",
        "authority with a path | {'anyOf':[{'authority':'ISS/tenant','allOf':[OK]}]} | 403",
        "any of two | {'anyOf':[{'authority':'ISS','anyOf':[BAD,OK]}]} | 200",
        "all of two | {'anyOf':[{'authority':'ISS','allOf':[OK,BAD]}]} | 403",
        "nested to depth 3 | {'anyOf':[{'authority':'ISS','allOf':[OK,{'anyOf':[BAD,{'allOf':[OK,OK]}]}]}]} | 200",
        "nested and false within | {'anyOf':[{'authority':'ISS','allOf':[OK,{'anyOf':[BAD,{'allOf':[OK,BAD]}]}]}]} | 403",
        "boolean as text | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'flag','equals':'true'}]}]} | 200",
        "boolean | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'flag','equals':true}]}]} | 200",
        "boolean in upper case | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'flag','equals':'True'}]}]} | 403",
        "number as text | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'vmpl','equals':'0'}]}]} | 200",
        "number | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'vmpl','equals':0}]}]} | 200",
        "another number | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'vmpl','equals':'00'}]}]} | 403",
        "hex in lower case | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'deep.hex','equals':'0af1'}]}]} | 200",
        "hex in upper case | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'deep.hex','equals':'0AF1'}]}]} | 403",
        "claim of another case | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'Flag','equals':true}]}]} | 403",
        "missing claim | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'absent','equals':''}]}]} | 403",
        "null claim | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'nothing','equals':'null'}]}]} | 403",
        "object claim | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'deep','equals':'0af1'}]}]} | 403",
        "array index | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'list.0','equals':'one'}]}]} | 403",
        "array | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'list','equals':'one'}]}]} | 403",
        "name with a dot | {'anyOf':[{'authority':'ISS','allOf':[{'claim':'dotted.name','equals':'x'}]}]} | 403"
      })
  void decidesBy(String rule, String policy, int status) {
    String name = created(filled(policy));
    String token =
        bench.authority.token(
            claims -> {
              claims.put("flag", true).put("vmpl", 0).put("dotted.name", "x").putNull("nothing");
              claims.putObject("deep").put("hex", "0af1");
              claims.putArray("list").add("one");
            },
            header -> {});

    LabClient.Reply reply = bench.release("/keys/" + name, Json.object().put("target", token));

    assertThat(reply.status()).as(rule).isEqualTo(status);
    if (status == 403) {
      assertThat(reply.message())
          .isEqualTo(
              "Target environment attestation does not meet key release policy requirements");
      assertThat(bench.lastDecision().detail()).isNotEmpty();
    }
  }

  private static String filled(String policy) {
    return policy
        .replace("OK", "{'claim':'" + TYPE + "','equals':'azurevm'}")
        .replace("BAD", "{'claim':'" + TYPE + "','equals':'sgx'}")
        .replace("ISS", TestAuthority.ISSUER)
        .replace("OTHER", OTHER)
        .replace('\'', '"');
  }

  private static String created(String policy) {
    String name = name();
    assertThat(bench.create(name, VaultBench.exportable("EC-HSM", policy)).status()).isEqualTo(200);
    return name;
  }

  private static String name() {
    return "k" + UUID.randomUUID();
  }
}
