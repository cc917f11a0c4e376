package dev.keygate.emulator.maa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tdx.TdQuoteField;
import dev.keygate.evidence.tdx.TdxBody;
import dev.keygate.evidence.testing.PckDefect;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import dev.keygate.evidence.testing.TdQuoteDefect;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
@Tag("azure-34")
class TdAttestationTest {

  private static final Set<TdQuoteDefect> FOR_THE_RELYING_PARTY =
      Set.of(
          TdQuoteDefect.NONE,
          TdQuoteDefect.DEBUG_ALLOWED,
          TdQuoteDefect.PROFILING_ALLOWED,
          TdQuoteDefect.MIGRATABLE);

  /** Defects that only a quote of version 5 can have; in one of version 4 they change nothing. */
  private static final Set<TdQuoteDefect> OF_VERSION_5 =
      Set.of(
          TdQuoteDefect.BODY_TYPE_SGX,
          TdQuoteDefect.BODY_TYPE_UNKNOWN,
          TdQuoteDefect.BODY_SIZE_WRONG);

  private static MaaBench bench;

  @BeforeAll
  static void start() {
    bench = new MaaBench();
  }

  @Test
  @Tag("azure-35")
  void issuesWhatItFound() {
    JsonNode claims = bench.tdx(MaaBench.body(bench.quote().trailer(70))).claims();

    assertThat(claims.path("x-ms-attestation-type").asText()).isEqualTo("tdxvm");
    assertThat(claims.path("x-ms-compliance-status").asText()).isEqualTo("azure-compliant-cvm");
    assertThat(claims.path("tdx_mrtd").asText()).matches("[0-9a-f]{96}");
    assertThat(claims.path("tdx_rtmr3").asText()).isEqualTo("0".repeat(96));
    assertThat(claims.path("tdx_report_data").asText())
        .isEqualTo(Bytes.ofUtf8(MaaBench.RUNTIME).sha256().hex() + "0".repeat(64));
    assertThat(claims.path("tdx_tee_tcb_svn").asText()).startsWith("070103").hasSize(32);
    assertThat(claims.path("tdx_seamsvn").intValue()).isEqualTo(7);
    assertThat(claims.path("tdx_td_attributes").asText()).isEqualTo("0000001000000000");
    assertThat(claims.path("tdx_td_attributes_septve_disable").booleanValue()).isTrue();
    assertThat(claims.path("dbgstat").asText()).isEqualTo("disabled");
    assertThat(claims.path("x-ms-runtime").toString()).isEqualTo(MaaBench.RUNTIME);
  }

  @Test
  void saysThatATdCanBeDebugged() {
    TdQuoteBuilder debug = bench.quote().defect(TdQuoteDefect.DEBUG_ALLOWED);

    JsonNode claims = bench.tdx(MaaBench.body(debug)).claims();

    assertThat(claims.path("dbgstat").asText()).isEqualTo("enabled");
    assertThat(claims.path("tdx_td_attributes_debug").booleanValue()).isTrue();
  }

  @Test
  @Tag("azure-35")
  void callsOnlyKnownMeasurementsCompliant() {
    TdQuoteBuilder other = bench.quote().with(TdQuoteField.MRTD, Bytes.ofUtf8("other").sha384());

    assertThat(bench.tdx(MaaBench.body(other)).claims().has("x-ms-compliance-status")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(TdQuoteDefect.class)
  void refusesQuoteWithADefectUnlessTheTokenSaysIt(TdQuoteDefect defect) {
    TdQuoteBuilder quote = bench.quote().defect(defect);
    if (OF_VERSION_5.contains(defect)) {
      quote.version5(TdxBody.TDX_1_5);
    }

    MaaBench.Reply reply = bench.tdx(MaaBench.body(quote));

    assertThat(reply.status()).isEqualTo(FOR_THE_RELYING_PARTY.contains(defect) ? 200 : 400);
  }

  @ParameterizedTest
  @EnumSource(
      value = PckDefect.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "WITHOUT_PLATFORM_INSTANCE", "UNKNOWN_ELEMENT", "ISSUER_IS_PROCESSOR_CA"})
  void refusesDefectiveEndorsement(PckDefect defect) {
    TdQuoteBuilder quote =
        TdQuoteBuilder.of(bench.intel.defectivePlatform(SgxPlatform.EMERALD, defect))
            .reportData(Bytes.ofUtf8(MaaBench.RUNTIME).sha256());

    MaaBench.Reply reply = bench.tdx(MaaBench.body(quote));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("InvalidParameter");
  }

  @Test
  @Tag("azure-33")
  void refusesDataThatTheQuoteIsNotAbout() {
    ObjectNode other = MaaBench.withRuntime(MaaBench.body(bench.quote()), "{}");
    assertThat(bench.tdx(other).status()).isEqualTo(400);
    assertThat(bench.lastDecision().check()).isEqualTo("RUNTIME_DATA");

    ObjectNode initTime = MaaBench.body(bench.quote());
    initTime.putObject("initTimeData").put("data", "e30").put("dataType", "JSON");
    assertThat(bench.tdx(initTime).status()).isEqualTo(400);
    assertThat(bench.lastDecision().check()).isEqualTo("INIT_TIME_DATA");
  }

  @Test
  void refusesOneVendorsEvidenceAsTheOthers() {
    ObjectNode body = bench.body(bench.report());

    assertThat(bench.tdx(body).status()).isEqualTo(400);
    assertThat(bench.snp(MaaBench.body(bench.quote())).status()).isEqualTo(400);
  }
}
