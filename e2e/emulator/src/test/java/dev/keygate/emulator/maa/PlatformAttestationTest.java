package dev.keygate.emulator.maa;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.maa.guest.EventLogRule;
import dev.keygate.emulator.maa.platform.EmptyRuntimeData;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.EndorsementDefect;
import dev.keygate.evidence.testing.SnpDefect;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class PlatformAttestationTest {

  private static final Set<SnpDefect> FOR_THE_RELYING_PARTY =
      Set.of(
          SnpDefect.NONE, SnpDefect.DEBUG_ALLOWED, SnpDefect.MIGRATION_ALLOWED, SnpDefect.VMPL_2);

  private static MaaBench bench;

  @BeforeAll
  static void start() {
    bench = new MaaBench();
  }

  @ParameterizedTest
  @CsvSource({
    "/attest/SevSnpVm,2020-10-01",
    "/attest/SevSnpVM,2022-08-01",
    "/ATTEST/sevsnpvm,2023-04-01-preview",
    "/attest/SEVSNPVM/,2025-06-01"
  })
  @Tag("azure-32")
  void takesAnonymousEvidenceInAnyCaseOfThePath(String path, String version) {
    String body = bench.body(bench.report()).toString();

    MaaBench.Reply reply = MaaBench.ask(bench.maa, "POST", path + "?api-version=" + version, body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.claims().path("x-ms-attestation-type").asText()).isEqualTo("sevsnpvm");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/attest/SevSnpVm,400,InvalidParameter",
    "POST,/attest/SevSnpVm?api-version=,400,InvalidParameter",
    "POST,/attest/SevSnpVm?api-version=7.4,400,InvalidParameter",
    "POST,/attest/SevSnpVm?api-version=2022-8-1,400,InvalidParameter",
    "POST,/attest/TdxVm?api-version=2022-08-01,400,InvalidParameter",
    "POST,/attest/SgxEnclave?api-version=2022-08-01,400,InvalidOperation",
    "POST,/attest/OpenEnclave?api-version=2022-08-01,400,InvalidOperation",
    "POST,/attest/Tpm?api-version=2022-08-01,401,Unauthorized",
    "POST,/attest/Unknown?api-version=2022-08-01,404,NotFound",
    "GET,/attest/SevSnpVm?api-version=2022-08-01,405,MethodNotAllowed",
    "POST,/attest?api-version=2022-08-01,404,NotFound",
    "POST,/certs,405,MethodNotAllowed",
    "GET,/,404,NotFound"
  })
  @Tag("azure-32")
  @Tag("azure-38")
  void refusesOtherRoutesAndVersions(String method, String target, int status, String code) {
    MaaBench.Reply reply =
        MaaBench.ask(bench.maa, method, target, bench.body(bench.report()).toString());

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.json().at("/error/message").asText()).isNotEmpty();
    assertThat(reply.response().headers()).containsEntry("x-ms-error-code", code);
  }

  @Test
  @Tag("azure-33")
  void showsRuntimeAndInitTimeDataThatAreBound() {
    String initTime = "{\"policy\":\"p\"}";
    ObjectNode body =
        bench.body(bench.report().with(SnpField.HOST_DATA, Bytes.ofUtf8(initTime).sha256()));
    put(body, "initTimeData", initTime, "JSON");

    JsonNode claims = bench.snp(body).claims();

    assertThat(claims.path("x-ms-runtime").toString()).isEqualTo(MaaBench.RUNTIME);
    assertThat(claims.path("x-ms-inittime").toString()).isEqualTo(initTime);
  }

  @Test
  @Tag("azure-33")
  void bindsBinaryRuntimeDataWithoutShowingThem() {
    ObjectNode body = bench.body(bench.report().reportData(Bytes.ofUtf8("any").sha256()));
    put(body, "runtimeData", "any", "Binary");

    MaaBench.Reply reply = bench.snp(body);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.claims().has("x-ms-runtime")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "runtimeData,'{\"keys\":[ ]}',JSON,RUNTIME_DATA",
    "runtimeData,'{}',JSON,RUNTIME_DATA",
    "runtimeData,any,Binary,RUNTIME_DATA",
    "runtimeData,'',JSON,RUNTIME_DATA",
    "runtimeData,any,JSON,format",
    "runtimeData,'[]',JSON,format",
    "runtimeData,'{}',Text,format",
    "initTimeData,'{}',JSON,INIT_TIME_DATA",
    "initTimeData,any,Binary,INIT_TIME_DATA",
    "initTimeData,any,JSON,format"
  })
  @Tag("azure-33")
  void refusesDataThatTheReportIsNotAbout(String member, String data, String type, String check) {
    ObjectNode body = bench.body(bench.report());
    put(body, member, data, type);

    assertRefused(bench.snp(body), check);
  }

  @Test
  @Tag("azure-33")
  void refusesReportWithoutRuntimeDataUntilToldOtherwise() {
    ObjectNode body = bench.body(bench.report());
    put(body, "runtimeData", "", "JSON");
    assertRefused(bench.snp(body), "RUNTIME_DATA");

    Maa lenient =
        bench.provider(
            bench.hardware(), new MaaSwitches(EventLogRule.REQUIRED, EmptyRuntimeData.UNBOUND));

    String target = "/attest/SevSnpVm?api-version=2022-08-01";
    assertThat(MaaBench.ask(lenient, "POST", target, body.toString()).claims().has("x-ms-runtime"))
        .isFalse();
    put(body, "runtimeData", "{}", "JSON");
    assertThat(MaaBench.ask(lenient, "POST", target, body.toString()).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(SnpDefect.class)
  @Tag("azure-34")
  void refusesReportWithADefectUnlessTheTokenSaysIt(SnpDefect defect) {
    MaaBench.Reply reply = bench.snp(bench.body(bench.report().defect(defect)));

    assertThat(reply.status()).isEqualTo(FOR_THE_RELYING_PARTY.contains(defect) ? 200 : 400);
  }

  @ParameterizedTest
  @EnumSource(
      value = EndorsementDefect.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "WRAPPED_HARDWARE_ID"})
  @Tag("azure-34")
  void refusesDefectiveEndorsement(EndorsementDefect defect) {
    SoftwareVcek vcek = bench.amd.defectiveVcek(MaaBench.CHIP, MaaBench.TCB, defect);
    Bytes report =
        SnpReportBuilder.of(vcek).reportData(Bytes.ofUtf8(MaaBench.RUNTIME).sha256()).build();

    MaaBench.Reply reply = bench.snp(MaaBench.body(report, vcek.chainPem()));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameter");
  }

  @Test
  @Tag("azure-34")
  void refusesEndorsementOfAnotherTcbOrChip() {
    TcbVersion older = new TcbVersion(0xDA18_0000_0000_0004L);
    Bytes otherChip = Digest.SHA512.of(Bytes.ofUtf8("another chip"));
    Bytes report = bench.report().build();

    assertRefused(
        bench.snp(MaaBench.body(report, bench.amd.vcek(MaaBench.CHIP, older).chainPem())),
        "REPORT_SIGNATURE");
    assertRefused(
        bench.snp(MaaBench.body(report, bench.amd.vcek(otherChip, MaaBench.TCB).chainPem())),
        "REPORT_SIGNATURE");
    assertRefused(
        bench.snp(bench.body(bench.report().defect(SnpDefect.OTHER_MICROCODE))),
        "TCB_MATCHES_VCEK");
    assertRefused(bench.snp(bench.body(bench.report().defect(SnpDefect.OTHER_CHIP))), "CHIP_ID");
  }

  @Test
  @Tag("azure-34")
  void believesTheLabsRootOnlyWhereItIsNamed() {
    TrustedHardware vendorsOnly =
        new TrustedHardware(PinnedRoots.amd(), PinnedRoots.intel(), Map.of());
    Maa strict = bench.provider(vendorsOnly, MaaSwitches.STRICT);

    MaaBench.Reply reply =
        MaaBench.ask(
            strict,
            "POST",
            "/attest/SevSnpVm?api-version=2022-08-01",
            bench.body(bench.report()).toString());

    assertRefused(reply, "ROOT_PINNED");
  }

  @Test
  @Tag("azure-34")
  @Tag("azure-35")
  void saysThatAMachineCanBeDebuggedOrRunsAtAnotherLevel() {
    JsonNode debug = bench.snp(bench.body(bench.report().defect(SnpDefect.DEBUG_ALLOWED))).claims();
    JsonNode level = bench.snp(bench.body(bench.report().defect(SnpDefect.VMPL_2))).claims();

    assertThat(debug.path("x-ms-sevsnpvm-is-debuggable").booleanValue()).isTrue();
    assertThat(level.path("x-ms-sevsnpvm-vmpl").intValue()).isEqualTo(2);
  }

  @Test
  @Tag("azure-35")
  void issuesAtopLevelWhatItFound() {
    JsonNode claims = bench.snp(bench.body(bench.report())).claims();

    assertThat(claims.path("x-ms-compliance-status").asText()).isEqualTo("azure-compliant-cvm");
    assertThat(claims.path("x-ms-sevsnpvm-launchmeasurement").asText()).matches("[0-9a-f]{96}");
    assertThat(claims.path("x-ms-sevsnpvm-authorkeydigest").asText()).matches("[0-9a-f]{96}");
    assertThat(claims.path("x-ms-sevsnpvm-idkeydigest").asText()).matches("[0-9a-f]{96}");
    assertThat(claims.path("x-ms-sevsnpvm-familyId").asText()).matches("[0-9a-f]{32}");
    assertThat(claims.path("x-ms-sevsnpvm-imageId").asText()).matches("[0-9a-f]{32}");
    assertThat(claims.path("x-ms-sevsnpvm-hostdata").asText()).isEqualTo("0".repeat(64));
    assertThat(claims.path("x-ms-sevsnpvm-reportdata").asText())
        .isEqualTo(Bytes.ofUtf8(MaaBench.RUNTIME).sha256().hex() + "0".repeat(64));
    assertThat(claims.path("x-ms-sevsnpvm-reportid").asText()).matches("[0-9a-f]{64}");
    assertThat(claims.path("x-ms-sevsnpvm-is-debuggable").isBoolean()).isTrue();
    assertThat(claims.path("x-ms-sevsnpvm-migration-allowed").booleanValue()).isFalse();
    assertThat(claims.path("x-ms-sevsnpvm-vmpl").isInt()).isTrue();
    assertThat(claims.path("x-ms-sevsnpvm-guestsvn").intValue()).isEqualTo(10);
    assertThat(claims.path("x-ms-sevsnpvm-microcode-svn").intValue()).isEqualTo(0xDB);
    assertThat(claims.path("x-ms-sevsnpvm-snpfw-svn").intValue()).isEqualTo(0x18);
    assertThat(claims.path("x-ms-sevsnpvm-bootloader-svn").intValue()).isEqualTo(4);
  }

  @Test
  @Tag("azure-35")
  void callsOnlyKnownMeasurementsCompliant() {
    SnpReportBuilder utility = bench.report().with(SnpField.MEASUREMENT, MaaBench.UTILITY_MACHINE);
    SnpReportBuilder unknown =
        bench.report().with(SnpField.MEASUREMENT, Bytes.ofUtf8("unknown").sha384());

    assertThat(bench.snp(bench.body(utility)).claims().path("x-ms-compliance-status").asText())
        .isEqualTo("azure-compliant-uvm");
    assertThat(bench.snp(bench.body(unknown)).claims().has("x-ms-compliance-status")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"standard", "url", "padded"})
  @Tag("azure-32")
  void takesEveryBase64ThatClientsSend(String alphabet) {
    ObjectNode body = bench.body(bench.report());
    ObjectNode evidence = Json.object();
    String chain = bench.vcek().chainPem();
    evidence.put("SnpReport", encoded(bench.report().build().toArray(), alphabet));
    evidence.put("VcekCertChain", encoded(chain.getBytes(UTF_8), alphabet));
    evidence.put("Endorsements", encoded("{\"Uvm\":[\"aGk\"]}".getBytes(UTF_8), alphabet));
    body.put("report", encoded(evidence.toString().getBytes(UTF_8), alphabet));
    body.putObject("runtimeData")
        .put("data", encoded(MaaBench.RUNTIME.getBytes(UTF_8), alphabet))
        .put("dataType", "JSON");
    put(body, "initTimeData", "", "");

    assertThat(bench.snp(body).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{'report':7}",
        "{'report':''}",
        "{'report':'e30'}",
        "{'report':'%%%'}",
        "{'report':{},'runtimeData':7}",
        "{'report':'e30','nonce':{}}",
        "{'report':'e30','draftPolicyForAttestation':7}",
        "nothing"
      })
  @Tag("azure-38")
  void refusesAnyOtherBody(String body) {
    MaaBench.Reply reply =
        MaaBench.ask(
            bench.maa, "POST", "/attest/SevSnpVm?api-version=2022-08-01", body.replace('\'', '"'));

    assertRefused(reply, "format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{\"Uvm\":7}", "{\"Uvm\":[7]}", "{\"Uvm\":[\"%\"]}"})
  @Tag("azure-34")
  void refusesMalformedEndorsementsOfUtilityMachines(String endorsements) {
    ObjectNode evidence = Json.object().put("SnpReport", MaaBench.url(bench.report().build()));
    evidence.put("VcekCertChain", MaaBench.url(Bytes.ofUtf8(bench.vcek().chainPem())));
    evidence.put("Endorsements", MaaBench.url(Bytes.ofUtf8(endorsements)));
    ObjectNode body = bench.body(bench.report());
    body.put("report", MaaBench.url(Bytes.ofUtf8(evidence.toString())));

    assertRefused(bench.snp(body), "format");
  }

  private static void assertRefused(MaaBench.Reply reply, String check) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameter");
    assertThat(reply.json().toString()).doesNotContain(check);
    assertThat(bench.lastDecision().outcome()).isEqualTo(Decision.Outcome.DENIED);
    assertThat(bench.lastDecision().check()).isEqualTo(check);
  }

  private static void put(ObjectNode body, String member, String data, String type) {
    body.putObject(member).put("data", Base64Text.url(data.getBytes(UTF_8))).put("dataType", type);
  }

  private static String encoded(byte[] bytes, String alphabet) {
    return switch (alphabet) {
      case "standard" -> Base64Text.standard(bytes);
      case "url" -> Base64Text.url(bytes);
      default -> Base64Text.standard(bytes).replace('+', '-').replace('/', '_');
    };
  }
}
