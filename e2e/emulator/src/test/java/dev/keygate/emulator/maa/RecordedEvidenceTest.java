package dev.keygate.emulator.maa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.snp.SnpReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evidence of real hardware, under its vendors' own roots; skipped where it is absent. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
@Tag("azure-34")
class RecordedEvidenceTest {

  private static final Path FOLDER = Path.of(System.getProperty("keygate.vectors", "absent"));
  private static final String CONTAINER_RUNTIME = "{\n   \"akey\" : \"avalue\"\n}\n";

  private static MaaBench bench;

  @BeforeAll
  static void start() {
    bench = new MaaBench();
  }

  @Test
  void believesAConfidentialMachineOnSnp() throws Exception {
    HclReport hcl = HclReport.parse(bytes("hcl/snp/hcl-report.bin"));
    Bytes report = hcl.snpReport().orElseThrow().raw();
    ObjectNode body = MaaBench.body(report, bytes("hcl/snp/vcek.pem").utf8());

    JsonNode claims = bench.snp(MaaBench.withRuntime(body, hcl.claims().raw().utf8())).claims();

    assertThat(claims.path("x-ms-sevsnpvm-reportid").asText()).matches("[0-9a-f]{64}");
    assertThat(claims.at("/x-ms-runtime/vm-configuration/vmUniqueId").asText())
        .isEqualTo("911B0EF8-9DBA-48B0-B275-4E4DF2D39252");
    assertThat(claims.at("/x-ms-runtime/keys/0/kid").asText()).isEqualTo("HCLAkPub");
    assertThat(claims.has("x-ms-compliance-status")).isFalse();
    assertThat(bench.snp(body.deepCopy()).status()).isEqualTo(200);
    MaaBench.withRuntime(body, MaaBench.RUNTIME);
    assertThat(bench.snp(body).status()).isEqualTo(400);
  }

  @Test
  @Tag("azure-33")
  void believesAContainerGroupAndItsPolicy() throws Exception {
    JsonNode thim = Json.parseObject(bytes("snp/milan-caci/uvm_host_amd_certificate.json").utf8());
    String chain = thim.path("vcekCert").asText() + "\n" + thim.path("certificateChain").asText();
    Bytes report = bytes("snp/milan-caci/snp_report.bin");
    String policy = bytes("snp/milan-caci/uvm_security_policy.base64").utf8().trim();
    ObjectNode body = MaaBench.withRuntime(MaaBench.body(report, chain), CONTAINER_RUNTIME);
    body.putObject("initTimeData")
        .put("data", MaaBench.url(Bytes.copyOf(Base64.getDecoder().decode(policy))))
        .put("dataType", "Binary");

    JsonNode claims = bench.snp(body).claims();

    assertThat(claims.path("x-ms-sevsnpvm-hostdata").asText())
        .isEqualTo(SnpReport.parse(report).hostData().hex());
    assertThat(claims.at("/x-ms-runtime/akey").asText()).isEqualTo("avalue");
    assertThat(claims.path("x-ms-sevsnpvm-is-debuggable").booleanValue()).isFalse();
  }

  @Test
  void believesAConfidentialMachineOnTdx() throws Exception {
    HclReport hcl = HclReport.parse(bytes("hcl/tdx/hcl-report.bin"));
    ObjectNode body = Json.object().put("quote", MaaBench.url(bytes("hcl/tdx/td-quote.bin")));

    JsonNode claims = bench.tdx(MaaBench.withRuntime(body, hcl.claims().raw().utf8())).claims();

    assertThat(claims.path("tdx_mrtd").asText()).startsWith("024a32b0");
    assertThat(claims.path("tdx_rtmr0").asText()).isEqualTo("0".repeat(96));
    assertThat(claims.path("dbgstat").asText()).isEqualTo("disabled");
  }

  @Test
  void bindsARecordedTdThatCanBeDebugged() throws Exception {
    ObjectNode body = Json.object().put("quote", MaaBench.url(bytes("tdx/tdx_quote_4.dat")));

    MaaBench.Reply reply = bench.tdx(MaaBench.withRuntime(body, "{}"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(bench.lastDecision().check()).isEqualTo("RUNTIME_DATA");
  }

  private static Bytes bytes(String file) throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(FOLDER), "the folder of recorded hardware evidence is absent: " + FOLDER);
    return Bytes.copyOf(Files.readAllBytes(FOLDER.resolve(file)));
  }
}
