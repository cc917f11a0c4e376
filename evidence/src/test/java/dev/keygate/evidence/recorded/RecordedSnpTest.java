package dev.keygate.evidence.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpCpuid;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.TcbComponent;
import dev.keygate.evidence.snp.TcbLayout;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.verify.Check;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.SnpExpectations;
import dev.keygate.evidence.verify.SnpReportVerifier;
import dev.keygate.evidence.verify.VerifiedSnpReport;
import org.junit.jupiter.api.Test;

class RecordedSnpTest {

  private static final SnpReportVerifier VERIFIER = new SnpReportVerifier(PinnedRoots.amd());

  /** No revocation list was recorded. */
  private static final SnpExpectations EXPECTED =
      SnpExpectations.strict().acceptMissingRevocationLists();

  @Test
  void believesMilan() throws Exception {
    VerifiedSnpReport verified = verify("snp/milan/milan_attestation_report.bin", milanChain());
    SnpReport report = verified.report();
    assertThat(report.version()).isEqualTo(3);
    assertThat(report.cpuid()).contains(new SnpCpuid(0x19, 1, 1));
    assertThat(report.guestSvn()).isEqualTo(2);
    assertThat(report.platformInfo().raw()).isEqualTo(0x25);
    assertThat(report.reportedTcb().hex()).isEqualTo("db18000000000004");
    assertThat(report.currentFirmware()).hasToString("1.55.29");
    assertThat(report.launchMeasurement().hex()).startsWith("5feee30d6d7e1a29f403d70a4198237d");
    assertThat(report.hostData().hex())
        .isEqualTo("4f4448c67f3c8dfc8de8a5e37125d807dadcc41f06cf23f615dbd52eec777d10");
    assertThat(verified.chain().key().productName()).isEqualTo("Milan-B0");
    assertThat(verified.chain().root().isLab()).isFalse();
    assertThat(verified.checks())
        .contains(Check.ROOT_PINNED, Check.REPORT_SIGNATURE, Check.TCB_MATCHES_VCEK, Check.CHIP_ID);
  }

  @Test
  void believesGenoa() throws Exception {
    VerifiedSnpReport verified =
        verify("snp/genoa/genoa_attestation_report.bin", chain("snp/genoa/genoa_"));
    SnpReport report = verified.report();
    assertThat(report.cpuid().flatMap(SnpProduct::of)).contains(SnpProduct.GENOA);
    assertThat(report.reportedTcb().hex()).isEqualTo("541700000000000a");
    assertThat(report.currentFirmware()).hasToString("1.55.40");
    assertThat(report.chipId().hex()).startsWith("b1e24a27bbc3a4d5");
    assertThat(report.hostData())
        .isEqualTo(RecordedEvidence.base64("thim/security-policy-base64").sha256());
  }

  @Test
  void believesVersion2WhoseCurrentTcbIsAheadOfItsReportedTcb() throws Exception {
    Bytes vcek = RecordedEvidence.bytes("snp/milan-v2/test-vcek.der");
    String pem = RecordedEvidence.pemOf(vcek) + milanIssuers();
    SnpReport report = verify("snp/milan-v2/test-report.bin", pem).report();
    assertThat(report.version()).isEqualTo(2);
    assertThat(report.cpuid()).isEmpty();
    assertThat(report.currentTcb().hex()).isEqualTo("ce08000000000003");
    assertThat(report.reportedTcb().hex()).isEqualTo("7308000000000003");
    assertThat(report.reportedTcb().patchLevel(TcbLayout.MILAN_GENOA, TcbComponent.MICROCODE))
        .hasValue(0x73);
    assertThat(report.launchMeasurement().hex()).startsWith("a1f39304");
  }

  @Test
  void believesAContainerGroupWithTheCertificatesOfItsHost() throws Exception {
    FlatJson thim =
        FlatJson.parse(RecordedEvidence.text("snp/milan-caci/uvm_host_amd_certificate.json"));
    String pem = thim.one("vcekCert") + "\n" + thim.one("certificateChain");
    SnpReport report = verify("snp/milan-caci/snp_report.bin", pem).report();
    assertThat(report.reportedTcb()).isEqualTo(TcbVersion.parse(thim.one("tcbm")));
    assertThat(report.hostData())
        .isEqualTo(RecordedEvidence.base64("snp/milan-caci/uvm_security_policy.base64").sha256());
    Bytes runtimeData = Bytes.ofUtf8("{\n   \"akey\" : \"avalue\"\n}\n");
    assertThat(report.reportData()).isEqualTo(Bytes.concat(runtimeData.sha256(), Bytes.zeros(32)));
    assertThat(report.currentFirmware()).hasToString("1.52.4");
  }

  @Test
  void readsTheCertificatesInAContainerGroupsSideFile() throws Exception {
    FlatJson thim = FlatJson.parse(RecordedEvidence.base64("thim/host-amd-cert-base64").utf8());
    EndorsementChain chain =
        EndorsementChain.parsePem(thim.one("vcekCert") + thim.one("certificateChain"));
    assertThat(PinnedRoots.amd().find(chain.root().getPublicKey())).isPresent();
    assertThat(thim.one("tcbm")).isEqualTo("7308000000000003");
  }

  @Test
  void refusesARecordedReportWithOneBitChanged() throws Exception {
    byte[] changed = RecordedEvidence.bytes("snp/milan/milan_attestation_report.bin").toArray();
    changed[SnpField.MEASUREMENT.offsetBytes()] ^= 1;
    SnpReport report = SnpReport.parse(Bytes.copyOf(changed));
    EndorsementChain chain = EndorsementChain.parsePem(milanChain());
    assertThat(failureOf(report, chain, PinnedRoots.amd()).check())
        .isEqualTo(Check.REPORT_SIGNATURE);
  }

  @Test
  void refusesTheEndorsementOfAnotherMachine() throws Exception {
    SnpReport report =
        SnpReport.parse(RecordedEvidence.bytes("snp/milan/milan_attestation_report.bin"));
    EndorsementChain genoa = EndorsementChain.parsePem(chain("snp/genoa/genoa_"));
    assertThat(failureOf(report, genoa, PinnedRoots.amd()).check())
        .isEqualTo(Check.REPORT_SIGNATURE);
  }

  private static EvidenceVerificationException failureOf(
      SnpReport report, EndorsementChain chain, PinnedRoots roots) {
    return catchThrowableOfType(
        EvidenceVerificationException.class,
        () -> new SnpReportVerifier(roots).verify(report, chain, EXPECTED, RecordedEvidence.NOW));
  }

  private static VerifiedSnpReport verify(String file, String pem) throws Exception {
    SnpReport report = SnpReport.parse(RecordedEvidence.bytes(file));
    return VERIFIER.verify(report, EndorsementChain.parsePem(pem), EXPECTED, RecordedEvidence.NOW);
  }

  private static String milanChain() {
    return chain("snp/milan/milan_");
  }

  private static String milanIssuers() {
    return RecordedEvidence.text("snp/milan/milan_ask.pem")
        + RecordedEvidence.text("snp/milan/milan_ark.pem");
  }

  private static String chain(String prefix) {
    return RecordedEvidence.text(prefix + "vcek.pem")
        + RecordedEvidence.text(prefix + "ask.pem")
        + RecordedEvidence.text(prefix + "ark.pem");
  }
}
