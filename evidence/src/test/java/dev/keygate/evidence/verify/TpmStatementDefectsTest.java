package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.testing.HclReportBuilder;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAttestationKey;
import dev.keygate.evidence.testing.TpmStatementDefect;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** One row per defect of a quote. */
class TpmStatementDefectsTest {

  private static final SoftwareAttestationKey KEY =
      SoftwareAttestationKey.create(TestPlatform.RANDOM);
  private static final Bytes NONCE = Bytes.ofUtf8("fresh");
  private static final PcrValues PCRS =
      PcrValues.of(Map.of(0, Bytes.zeros(32), 7, Bytes.fromHex("77".repeat(32))));

  @Test
  void believesAQuoteWithoutADefect() throws Exception {
    assertThat(verify(TpmStatementDefect.NONE).checks())
        .contains(Check.QUOTE_SIGNATURE, Check.QUOTE_NONCE, Check.QUOTE_PCR_DIGEST);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void refusesADefectiveQuote(TpmStatementDefect defect) {
    EvidenceVerificationException failure =
        catchThrowableOfType(EvidenceVerificationException.class, () -> verify(defect));
    assertThat(failure.check()).isEqualTo(expected(defect));
    assertThat(failure.found()).matches(foundOf(defect));
  }

  private static Check expected(TpmStatementDefect defect) {
    return switch (defect) {
      case SIGNATURE_BIT_FLIPPED,
          SIGNATURE_SHORT,
          SIGNED_BY_OTHER_KEY,
          SIGNED_WITH_SHA1,
          SIGNED_BIT_FLIPPED,
          MAGIC_REPLACED,
          TYPE_UNKNOWN,
          TYPE_OF_CERTIFICATION,
          TRUNCATED,
          EXTENDED,
          NONCE_TOO_LONG,
          SAFE_UNDEFINED,
          SELECTIONS_UNBOUNDED,
          OTHER_BANK,
          SELECTION_WIDE,
          SELECTION_EMPTY,
          PCR_DIGEST_SHORT ->
          Check.QUOTE_SIGNATURE;
      case OTHER_NONCE -> Check.QUOTE_NONCE;
      case PCR_MISSING, PCR_ADDED -> Check.QUOTE_PCR_SELECTION;
      case OTHER_PCR_DIGEST -> Check.QUOTE_PCR_DIGEST;
      case NONE -> throw new IllegalArgumentException("no defect");
    };
  }

  /** Many fail one check, so what is found must tell that each failed for its own sake. */
  private static String foundOf(TpmStatementDefect defect) {
    return switch (defect) {
      case SIGNATURE_BIT_FLIPPED,
          SIGNATURE_SHORT,
          SIGNED_BY_OTHER_KEY,
          SIGNED_WITH_SHA1,
          SIGNED_BIT_FLIPPED ->
          "one that does not verify";
      case MAGIC_REPLACED -> "magic fe544347";
      case TYPE_UNKNOWN -> "type 8099";
      // The selection is then read as a name, and the rest does not fit.
      case TYPE_OF_CERTIFICATION -> "(qualifiedName|name|end) .*";
      case TRUNCATED -> "pcrDigest 31 bytes.*";
      case EXTENDED -> "end 1 more";
      case NONCE_TOO_LONG -> "extraData 65535";
      case SAFE_UNDEFINED -> "safe 2";
      case SELECTIONS_UNBOUNDED -> "pcrSelection.count 4294967295";
      case OTHER_BANK -> "pcrSelection.hash 0x4";
      case SELECTION_WIDE -> "pcrSelection.sizeofSelect 4";
      case SELECTION_EMPTY -> "pcrSelection.pcrSelect none";
      case PCR_DIGEST_SHORT -> "pcrDigest 20 bytes";
      case OTHER_NONCE -> "5 bytes .*";
      case PCR_MISSING -> "\\[7]";
      case PCR_ADDED -> "\\[0, 7, 23]";
      case OTHER_PCR_DIGEST -> "32 bytes .*";
      case NONE -> throw new IllegalArgumentException("no defect");
    };
  }

  private static VerifiedEvidence verify(TpmStatementDefect defect) throws Exception {
    HclReportBuilder hcl =
        HclReportBuilder.of(SnpReportBuilder.of(TestPlatform.milanVcek()), KEY.publicKey());
    SignedAttest quote = KEY.quote(NONCE, PCRS, defect);
    CvmEvidence evidence =
        new CvmEvidence(HclReport.parse(hcl.build()), KEY.publicArea(), quote, PCRS);
    return new CvmEvidenceVerifier(TestPlatform.ROOTS)
        .verify(
            evidence,
            TestPlatform.milanVcek().chain(),
            CvmExpectations.strict(NONCE, PCRS.selection()),
            TestPlatform.NOW);
  }
}
