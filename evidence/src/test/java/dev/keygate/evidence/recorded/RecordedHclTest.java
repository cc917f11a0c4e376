package dev.keygate.evidence.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.hcl.HclReportType;
import dev.keygate.evidence.hcl.RsaJwk;
import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.RsaParameters;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.RsassaSignature;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import dev.keygate.evidence.verify.Check;
import dev.keygate.evidence.verify.CvmChecks;
import dev.keygate.evidence.verify.CvmEvidence;
import dev.keygate.evidence.verify.CvmEvidenceVerifier;
import dev.keygate.evidence.verify.CvmExpectations;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.VerifiedEvidence;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedHclTest {

  private static final CvmEvidenceVerifier VERIFIER = new CvmEvidenceVerifier(PinnedRoots.amd());
  private static final Bytes NONCE = Bytes.ofUtf8("challenge");
  private static final int ATTESTATION_KEY_ATTRIBUTES = 0x00050472;

  @Test
  void believesAConfidentialMachineFromRootToPcrs() throws Exception {
    CvmEvidence evidence =
        evidence(
            RecordedEvidence.bytes("hcl/snp/hcl-report.bin"),
            FlatJson.parse(RecordedEvidence.text("hcl/snp/tpm-quote-v1.json")));
    VerifiedEvidence verified = verify(evidence, RecordedEvidence.text("hcl/snp/vcek.pem"));
    assertThat(verified.checks())
        .containsExactlyInAnyOrderElementsOf(CvmChecks.without(Check.CHAIN_REVOCATION));
    assertThat(verified.claims().vmConfiguration().secureBoot()).contains(true);
    assertThat(verified.claims().vmConfiguration().vmUniqueId())
        .contains("911B0EF8-9DBA-48B0-B275-4E4DF2D39252");
    assertThat(verified.claims().userData()).contains(Bytes.zeros(64));
    assertThat(verified.claims().keys())
        .extracting(RsaJwk::kid)
        .containsExactly("HCLAkPub", "HCLEkPub");
    assertThat(verified.report().reportedTcb().hex()).isEqualTo("7308000000000003");
  }

  @Test
  void believesASecondMachine() throws Exception {
    FlatJson json = FlatJson.parse(RecordedEvidence.text("hcl/snp/evidence-v1.json"));
    CvmEvidence evidence = evidence(base64url(json.one("hcl_report")), json);
    String pem =
        RecordedEvidence.pemOf(base64(json.one("vcek")))
            + RecordedEvidence.text("snp/milan/milan_ask.pem")
            + RecordedEvidence.text("snp/milan/milan_ark.pem");
    VerifiedEvidence verified = verify(evidence, pem);
    assertThat(verified.report().guestSvn()).isEqualTo(10);
    assertThat(verified.report().reportedTcb().hex()).isEqualTo("db18000000000004");
    assertThat(verified.pcrs().get(0).orElseThrow().hex()).startsWith("e15c44796beabf46");
  }

  @Test
  void refusesTheQuoteOfAnotherMachine() throws Exception {
    FlatJson other = FlatJson.parse(RecordedEvidence.text("hcl/snp/evidence-v1.json"));
    CvmEvidence mixed = evidence(RecordedEvidence.bytes("hcl/snp/hcl-report.bin"), other);
    EndorsementChain chain = EndorsementChain.parsePem(RecordedEvidence.text("hcl/snp/vcek.pem"));
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () -> VERIFIER.verify(mixed, chain, expected(mixed), RecordedEvidence.NOW));
    assertThat(failure.check()).isEqualTo(Check.QUOTE_SIGNATURE);
  }

  @ParameterizedTest
  @CsvSource({
    "hcl/snp/hcl-report.bin, SNP",
    "hcl/snp-parse-only/hcl-report-snp.bin, SNP",
    "hcl/tdx/hcl-report.bin, TDX",
    "hcl/tdx-parse-only/hcl-report-tdx.bin, TDX"
  })
  void bindsTheClaimsToTheHardwareReport(String file, HclReportType type) throws Exception {
    HclReport report = HclReport.parse(RecordedEvidence.bytes(file));
    assertThat(report.type()).isEqualTo(type);
    assertThat(report.hardware().reportData()).contains(report.expectedReportData());
    assertThat(report.claims().attestationKey()).isPresent();
  }

  @Test
  void readsTheClaimsOfAnOlderParavisor() throws Exception {
    HclReport report =
        HclReport.parse(RecordedEvidence.bytes("hcl/snp-parse-only/hcl-report-snp.bin"));
    assertThat(report.claims().raw().size()).isEqualTo(583);
    assertThat(report.claims().userData()).isEmpty();
    assertThat(report.claims().key("HCLEkPub")).isEmpty();
    assertThat(report.claims().vmConfiguration().tpmPersisted()).isEmpty();
    assertThat(report.expectedReportData().hex())
        .startsWith("1d0a466a9eed975e88f889f7aed4abc1c97e87c4f43e5e3478c9a4a5853cbd7d");
  }

  private static VerifiedEvidence verify(CvmEvidence evidence, String pem) throws Exception {
    return VERIFIER.verify(
        evidence, EndorsementChain.parsePem(pem), expected(evidence), RecordedEvidence.NOW);
  }

  private static CvmExpectations expected(CvmEvidence evidence) {
    return CvmExpectations.strict(NONCE, evidence.pcrs().selection())
        .acceptMissingRevocationLists();
  }

  static CvmEvidence evidence(Bytes hclReport, FlatJson quote) throws Exception {
    HclReport hcl = HclReport.parse(hclReport);
    RsaJwk key = hcl.claims().attestationKey().orElseThrow();
    TpmPublic attestationKey =
        new TpmPublic(
            new ObjectAttributes(ATTESTATION_KEY_ATTRIBUTES),
            Bytes.EMPTY,
            RsaParameters.RSA_2048,
            key.modulus());
    Bytes message = Bytes.fromHex(quote.one("message"));
    PcrSelection quoted = ((QuoteAttest) TpmsAttest.parse(message)).selection();
    Map<Integer, Bytes> values = new TreeMap<>();
    for (int index = 0; index < quote.all("pcrs").size(); index++) {
      values.put(index, Bytes.fromHex(quote.all("pcrs").get(index)));
    }
    RsassaSignature signature = new RsassaSignature(Bytes.fromHex(quote.one("signature")));
    return new CvmEvidence(
        hcl,
        attestationKey,
        new SignedAttest(message, signature),
        PcrValues.of(values).only(quoted));
  }

  private static Bytes base64url(String text) {
    return Bytes.copyOf(Base64.getUrlDecoder().decode(text));
  }

  private static Bytes base64(String text) {
    return base64url(text.replace('+', '-').replace('/', '_').replace("=", ""));
  }
}
