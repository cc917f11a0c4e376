package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.hcl.UserData;
import dev.keygate.evidence.testing.HclDefect;
import dev.keygate.evidence.testing.HclReportBuilder;
import dev.keygate.evidence.testing.SnpDefect;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.UnattestedSlot;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.RsaParameters;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.CertifyAttest;
import dev.keygate.evidence.tpm.attest.RsassaSignature;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class CvmEvidenceVerifierTest {

  private static final CvmEvidenceVerifier VERIFIER = new CvmEvidenceVerifier(TestPlatform.ROOTS);
  private static final CvmExpectations STRICT =
      CvmExpectations.strict(TestMachine.NONCE, TestMachine.PCRS);
  private static final KeyPair OTHER_KEY = TestPlatform.rsa();

  private final TestMachine machine = new TestMachine();

  @Test
  void makesEveryCheckByDefault() throws Exception {
    assertThat(verify(STRICT).checks()).containsExactlyInAnyOrderElementsOf(CvmChecks.ALL);
  }

  @Test
  void refusesAnSnpReportThatIsNotTheExpectedOne() {
    CvmExpectations expected =
        STRICT.onSnp(SnpExpectations.strict().launchMeasurement(Bytes.zeros(48)));

    assertThat(failure(expected).check()).isEqualTo(Check.LAUNCH_MEASUREMENT);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHA256", "SHA384", "SHA512"})
  void believesEveryHashFunctionOfTheParavisor(Digest digest) throws Exception {
    machine.hcl.digest(digest);
    assertThat(verify(STRICT).checks()).contains(Check.HCL_BINDING);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void believesBothHeaderVersions(int version) throws Exception {
    machine.hcl.version(version);
    assertThat(verify(STRICT).evidence().hcl().claims().attestationKey()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void refusesADefectiveHclReport(HclDefect defect) {
    machine.hcl.defect(defect);
    Optional<Check> expected = expected(defect);
    if (expected.isEmpty()) {
      assertThat(catchThrowableOfType(EvidenceFormatException.class, machine::evidence))
          .isNotNull();
    } else {
      assertThat(failure(STRICT).check()).isEqualTo(expected.get());
    }
  }

  /** Which check finds a defect; empty if the report is not even well-formed. */
  private static Optional<Check> expected(HclDefect defect) {
    return switch (defect) {
      case CLAIMS_CHANGED,
          BOUND_TO_OTHER_CLAIMS,
          BOUND_WITH_PADDING,
          REPORT_DATA_TAIL_SET,
          OTHER_HASH_TYPE ->
          Optional.of(Check.HCL_BINDING);
      case TRUSTED_LAUNCH -> Optional.of(Check.HARDWARE_REPORT_TYPE);
      case NO_ATTESTATION_KEY -> Optional.of(Check.AK_IS_HCL_AK_PUB);
      case UNKNOWN_HASH_TYPE,
          SIGNATURE_REPLACED,
          VERSION_3,
          REPORT_SIZE_WRONG,
          DATA_SIZE_WRONG,
          CLAIMS_BEYOND_END,
          STATUS_FAILED,
          PADDING_SET,
          TRUNCATED,
          UNKNOWN_TYPE,
          UNKNOWN_REQUEST_TYPE,
          TWO_ATTESTATION_KEYS,
          CLAIMS_NOT_JSON,
          CLAIMS_REPEAT_A_MEMBER,
          CLAIMS_NOT_UTF8 ->
          Optional.empty();
      case NONE -> throw new IllegalArgumentException("no defect");
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"SIGNATURE_BIT_FLIPPED", "OTHER_MICROCODE", "OTHER_CHIP", "DEBUG_ALLOWED"})
  void refusesADefectiveHardwareReport(SnpDefect defect) {
    machine.hcl =
        HclReportBuilder.of(
            SnpReportBuilder.of(TestPlatform.milanVcek()).defect(defect),
            (RSAPublicKey) TestPlatform.ATTESTATION_KEY.getPublic());
    Check expected =
        switch (defect) {
          case SIGNATURE_BIT_FLIPPED -> Check.REPORT_SIGNATURE;
          case OTHER_MICROCODE -> Check.TCB_MATCHES_VCEK;
          case OTHER_CHIP -> Check.CHIP_ID;
          default -> Check.DEBUG_DISABLED;
        };
    assertThat(failure(STRICT).check()).isEqualTo(expected);
  }

  @Test
  void refusesAnAttestationKeyThatTheParavisorDoesNotName() {
    machine.attestationKey = TestMachine.publicArea((RSAPublicKey) OTHER_KEY.getPublic());
    machine.signingKey = OTHER_KEY.getPrivate();
    assertThat(failure(STRICT).check()).isEqualTo(Check.AK_IS_HCL_AK_PUB);
  }

  @Test
  void refusesAnAttestationKeyWithAnotherExponent() {
    TpmPublic named = machine.attestationKey;
    RsaParameters other = new RsaParameters(RsaScheme.NONE, 2048, 3);
    machine.attestationKey =
        new TpmPublic(named.attributes(), named.authPolicy(), other, named.unique());
    assertThat(failure(STRICT).check()).isEqualTo(Check.AK_IS_HCL_AK_PUB);
  }

  @Test
  void refusesAQuoteThatAnotherKeySigned() {
    machine.signingKey = OTHER_KEY.getPrivate();
    assertThat(failure(STRICT).check()).isEqualTo(Check.QUOTE_SIGNATURE);
  }

  @Test
  void refusesASignedStatementThatIsNoQuote() {
    machine.statement =
        new CertifyAttest(TestMachine.header(TestMachine.NONCE), Bytes.EMPTY, Bytes.EMPTY);
    assertThat(failure(STRICT).check()).isEqualTo(Check.QUOTE_SIGNATURE);
  }

  @Test
  void refusesASignatureOfAnotherLength() throws Exception {
    CvmEvidence good = machine.evidence();
    SignedAttest cut =
        new SignedAttest(good.quote().attest(), new RsassaSignature(Bytes.fromHex("01")));
    CvmEvidence bad = new CvmEvidence(good.hcl(), good.attestationKey(), cut, good.pcrs());
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () -> VERIFIER.verify(bad, TestPlatform.milanVcek().chain(), STRICT, TestPlatform.NOW));
    assertThat(failure.check()).isEqualTo(Check.QUOTE_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stale", "fresh ", "fres"})
  void refusesAnotherNonce(String nonce) {
    machine.statement = TestMachine.quote(Bytes.ofUtf8(nonce), TestMachine.PCRS, machine.pcrs);
    assertThat(failure(STRICT).check()).isEqualTo(Check.QUOTE_NONCE);
  }

  @Test
  void refusesANonceWhereNoneIsExpected() {
    CvmExpectations none = CvmExpectations.strict(Bytes.EMPTY, TestMachine.PCRS);
    assertThat(failure(none).check()).isEqualTo(Check.QUOTE_NONCE);
  }

  @Test
  void believesAnyNonceOnlyWhenThatIsWaivedByName() throws Exception {
    machine.statement = TestMachine.quote(Bytes.ofUtf8("stale"), TestMachine.PCRS, machine.pcrs);
    assertThat(verify(STRICT.acceptAnyQuoteNonce()).checks())
        .containsExactlyInAnyOrderElementsOf(CvmChecks.without(Check.QUOTE_NONCE));
  }

  @Test
  void refusesAQuoteOverFewerPcrs() {
    machine.pcrs = machine.pcrs.only(PcrSelection.of(0));
    machine.statement = TestMachine.quote(TestMachine.NONCE, PcrSelection.of(0), machine.pcrs);
    assertThat(failure(STRICT).check()).isEqualTo(Check.QUOTE_PCR_SELECTION);
  }

  @Test
  void refusesPcrValuesThatWereNotQuoted() {
    machine.pcrs = machine.pcrs.and(PcrValues.of(Map.of(8, Bytes.zeros(32))));
    assertThat(failure(STRICT).check()).isEqualTo(Check.QUOTE_PCR_SELECTION);
  }

  @Test
  void refusesAChangedPcr() {
    machine.pcrs = machine.pcrs.and(PcrValues.of(Map.of(7, Bytes.zeros(32))));
    assertThat(failure(STRICT).check()).isEqualTo(Check.QUOTE_PCR_DIGEST);
  }

  @Test
  void refusesEvidenceUnderARootThatNobodyNamed() throws Exception {
    CvmEvidence evidence = machine.evidence();
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () ->
                new CvmEvidenceVerifier(PinnedRoots.amd())
                    .verify(evidence, TestPlatform.milanVcek().chain(), STRICT, TestPlatform.NOW));
    assertThat(failure.check()).isEqualTo(Check.ROOT_PINNED);
  }

  @Test
  void believesTheUserDataThatWasWritten() throws Exception {
    machine.hcl.userData(Bytes.ofUtf8("mine"));
    CvmExpectations expected = STRICT.userData(UserData.of(Bytes.ofUtf8("mine")));
    assertThat(verify(expected).checks()).contains(Check.USER_DATA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "theirs", "mine "})
  void refusesTheUserDataOfAnotherProcessOrAnEarlierReport(String value) {
    machine.hcl.userData(Bytes.ofUtf8(value));
    CvmExpectations expected = STRICT.userData(UserData.of(Bytes.ofUtf8("mine")));
    assertThat(failure(expected).check()).isEqualTo(Check.USER_DATA);
  }

  @Test
  void refusesAReportWithoutUserDataWhereSomeWasWritten() {
    machine.hcl.withoutUserData();
    CvmExpectations expected = STRICT.userData(UserData.of(Bytes.EMPTY));
    assertThat(failure(expected).check()).isEqualTo(Check.USER_DATA);
  }

  @ParameterizedTest
  @EnumSource(UnattestedSlot.class)
  void refusesAMachineWithoutAHardwareReport(UnattestedSlot slot) {
    machine.hcl =
        HclReportBuilder.of(slot, (RSAPublicKey) TestPlatform.ATTESTATION_KEY.getPublic());
    EvidenceVerificationException failure = failure(STRICT);
    assertThat(failure.check()).isEqualTo(Check.HARDWARE_REPORT_TYPE);
    assertThat(failure.found()).isEqualTo(slot.hclType().name());
  }

  @Test
  void waivesNothingButWhatIsNamed() throws Exception {
    assertThat(verify(STRICT.allowDebug().allowMigration()).checks())
        .containsExactlyInAnyOrderElementsOf(
            CvmChecks.without(Check.DEBUG_DISABLED, Check.MIGRATION_DISABLED));
  }

  private VerifiedEvidence verify(CvmExpectations expectations) throws Exception {
    return VERIFIER.verify(
        machine.evidence(), TestPlatform.milanVcek().chain(), expectations, TestPlatform.NOW);
  }

  private EvidenceVerificationException failure(CvmExpectations expectations) {
    return catchThrowableOfType(EvidenceVerificationException.class, () -> verify(expectations));
  }
}
