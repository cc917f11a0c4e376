package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdQuoteField;
import dev.keygate.evidence.tdx.TdxBody;
import dev.keygate.evidence.testing.PckDefect;
import dev.keygate.evidence.testing.PckRevocationDefect;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareTdxPlatform;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import dev.keygate.evidence.testing.TdQuoteDefect;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TdQuoteVerifierTest {

  private static final TdQuoteVerifier VERIFIER = new TdQuoteVerifier(TestPlatform.INTEL_ROOTS);
  private static final TdExpectations STRICT = TdExpectations.strict().acceptUnknownTcbLevel();
  private static final Set<Check> CHECKS =
      EnumSet.of(
          Check.ROOT_PINNED,
          Check.CHAIN_SIGNATURE,
          Check.CHAIN_ROLES,
          Check.CHAIN_VALIDITY,
          Check.PCK_EXTENSIONS,
          Check.CHAIN_REVOCATION,
          Check.QE_REPORT_SIGNATURE,
          Check.QE_REPORT_DATA,
          Check.TD_QUOTE_SIGNATURE,
          Check.QE_IDENTITY,
          Check.TDX_MODULE,
          Check.DEBUG_DISABLED,
          Check.PROFILING_DISABLED,
          Check.MIGRATION_DISABLED);

  @Test
  void believesVersion4AndMakesEveryCheck() throws Exception {
    VerifiedTdQuote verified = verify(version4(TdQuoteDefect.NONE), STRICT);
    assertThat(verified.checks()).containsExactlyInAnyOrderElementsOf(CHECKS);
    assertThat(verified.root().digest()).isEqualTo(TestPlatform.INTEL.rootDigest());
    assertThat(verified.tcbLevel()).isEqualTo(new TcbLevel.NotEvaluated());
    assertThat(verified.chain().pck().fmspc()).isEqualTo(SgxPlatform.EMERALD.fmspc());
  }

  @ParameterizedTest
  @EnumSource
  void believesVersion5WithBothBodies(TdxBody layout) throws Exception {
    TdQuoteBuilder builder = TdQuoteBuilder.of(TestPlatform.EMERALD).version5(layout);
    VerifiedTdQuote verified = verify(builder, STRICT);
    assertThat(verified.body().layout()).isEqualTo(layout);
    assertThat(verified.checks()).containsExactlyInAnyOrderElementsOf(CHECKS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 70, 4096})
  void believesAQuoteThatZerosFollow(int zeros) throws Exception {
    VerifiedTdQuote verified = verify(version4(TdQuoteDefect.NONE).trailer(zeros), STRICT);
    assertThat(verified.checks()).contains(Check.TD_QUOTE_SIGNATURE);
  }

  /** Everything but what version 4 has no place for. */
  static Stream<TdQuoteDefect> defectsOfVersion4() {
    return defectsOfVersion5().filter(defect -> !defect.name().startsWith("BODY_"));
  }

  static Stream<TdQuoteDefect> defectsOfVersion5() {
    return EnumSet.complementOf(EnumSet.of(TdQuoteDefect.NONE)).stream();
  }

  @ParameterizedTest
  @MethodSource("defectsOfVersion4")
  void refusesADefectiveQuoteOfVersion4(TdQuoteDefect defect) {
    assertRefused(version4(defect), expected(defect));
  }

  @ParameterizedTest
  @MethodSource("defectsOfVersion5")
  void refusesADefectiveQuoteOfVersion5(TdQuoteDefect defect) {
    assertRefused(version5(defect), expected(defect));
  }

  private static void assertRefused(TdQuoteBuilder builder, Optional<Check> expected) {
    if (expected.isEmpty()) {
      Bytes octets = builder.build();
      assertThat(catchThrowableOfType(EvidenceFormatException.class, () -> TdQuote.parse(octets)))
          .isNotNull();
    } else {
      assertThat(failureOf(builder, STRICT).check()).isEqualTo(expected.get());
    }
  }

  /** Which check finds a defect; empty if the quote is not even well-formed. */
  private static Optional<Check> expected(TdQuoteDefect defect) {
    return switch (defect) {
      case TRUNCATED,
          CUT_IN_HEADER,
          TRAILER_SET,
          VERSION_3,
          VERSION_6,
          KEY_TYPE_P384,
          TEE_TYPE_SGX,
          BODY_TYPE_SGX,
          BODY_TYPE_UNKNOWN,
          BODY_SIZE_WRONG,
          RESERVED_TUD_BIT,
          RESERVED_SEC_BIT,
          XFAM_WITHOUT_X87,
          SIGNATURE_DATA_BEYOND_END,
          SIGNATURE_DATA_LONGER,
          SIGNATURE_DATA_SHORTER,
          CERTIFICATION_TYPE_5,
          CERTIFICATION_SIZE_WRONG,
          PCK_BY_PPID,
          CHAIN_SIZE_WRONG,
          AUTHENTICATION_DATA_LONGER,
          AUTHENTICATION_DATA_TOO_LONG,
          KEY_OFF_CURVE,
          KEY_ZERO,
          QE_REPORT_RESERVED_SET,
          CHAIN_WITHOUT_ROOT,
          CHAIN_WITH_FOURTH,
          CHAIN_NOT_PEM,
          CHAIN_EMPTY,
          CHAIN_WITH_TWO_NULS ->
          Optional.empty();
      case SIGNATURE_BIT_FLIPPED,
          SIGNATURE_ZERO,
          SIGNATURE_OF_OTHER_QUOTE,
          SIGNED_BIT_FLIPPED,
          REPORT_DATA_REPLACED,
          USER_DATA_REPLACED ->
          Optional.of(Check.TD_QUOTE_SIGNATURE);
      case OTHER_KEY, AUTHENTICATION_DATA_REPLACED, QE_REPORT_DATA_TAIL_SET ->
          Optional.of(Check.QE_REPORT_DATA);
      case QE_SIGNATURE_BIT_FLIPPED, QE_REPORT_CHANGED, QE_SIGNED_BY_OTHER_PCK ->
          Optional.of(Check.QE_REPORT_SIGNATURE);
      case QE_OF_OTHER_VENDOR,
          QE_OF_OTHER_SIGNER,
          QE_OF_OTHER_PRODUCT,
          QE_DEBUG,
          QE_WITHOUT_PROVISIONING_KEY,
          QE_MISC_SELECT_SET ->
          Optional.of(Check.QE_IDENTITY);
      case MODULE_OF_OTHER_SIGNER, MODULE_ATTRIBUTES_SET -> Optional.of(Check.TDX_MODULE);
      case DEBUG_ALLOWED -> Optional.of(Check.DEBUG_DISABLED);
      case PROFILING_ALLOWED -> Optional.of(Check.PROFILING_DISABLED);
      case MIGRATABLE -> Optional.of(Check.MIGRATION_DISABLED);
      case NONE -> throw new IllegalArgumentException("no defect");
    };
  }

  @Test
  void namesWhatItExpectedAndFound() {
    EvidenceVerificationException failure =
        failureOf(version4(TdQuoteDefect.MODULE_OF_OTHER_SIGNER), STRICT);
    assertThat(failure.found()).startsWith("01");
    assertThat(failure.check().specification()).contains("MRSIGNERSEAM");
  }

  @Test
  void waivesNothingButWhatIsNamed() throws Exception {
    assertWaived(TdQuoteDefect.DEBUG_ALLOWED, STRICT.allowDebug(), Check.DEBUG_DISABLED);
    assertWaived(
        TdQuoteDefect.PROFILING_ALLOWED, STRICT.allowProfiling(), Check.PROFILING_DISABLED);
    assertWaived(TdQuoteDefect.MIGRATABLE, STRICT.allowMigration(), Check.MIGRATION_DISABLED);
  }

  private static void assertWaived(TdQuoteDefect defect, TdExpectations expectations, Check waived)
      throws Exception {
    EnumSet<Check> made = EnumSet.copyOf(CHECKS);
    made.remove(waived);
    assertThat(verify(version4(defect), expectations).checks())
        .containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void keepsEveryWaiverOfACaller() {
    TdExpectations all =
        TdExpectations.strict()
            .allowDebug()
            .allowProfiling()
            .allowMigration()
            .acceptMissingRevocationLists()
            .acceptUnknownTcbLevel();
    assertThat(all.waived()).containsExactly(TdWaiver.values());
    assertThat(TdExpectations.strict().waived()).isEmpty();
  }

  @Test
  void refusesADebuggableTdWhereProfilingAndMigrationAreWaived() {
    TdExpectations expectations = STRICT.allowProfiling().allowMigration();
    assertThat(failureOf(version4(TdQuoteDefect.DEBUG_ALLOWED), expectations).check())
        .isEqualTo(Check.DEBUG_DISABLED);
  }

  @Test
  void refusesAPlatformWhoseTcbLevelNobodyLookedUp() {
    assertThat(failureOf(version4(TdQuoteDefect.NONE), TdExpectations.strict()).check())
        .isEqualTo(Check.TCB_LEVEL);
  }

  @Test
  void refusesAChainWithoutRevocationListsUnlessThatIsWaived() throws Exception {
    TdQuote quote = TdQuote.parse(version4(TdQuoteDefect.NONE).build());
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () -> VERIFIER.verify(quote, Optional.empty(), STRICT, TestPlatform.NOW));
    assertThat(failure.check()).isEqualTo(Check.CHAIN_REVOCATION);
    VerifiedTdQuote waived =
        VERIFIER.verify(
            quote, Optional.empty(), STRICT.acceptMissingRevocationLists(), TestPlatform.NOW);
    assertThat(waived.checks()).doesNotContain(Check.CHAIN_REVOCATION).hasSize(CHECKS.size() - 1);
  }

  @Test
  void heedsListsAtHandThoughAbsentOnesAreWaived() throws Exception {
    TdQuote quote = TdQuote.parse(version4(TdQuoteDefect.NONE).build());
    PckRevocationLists lists = lists(PckRevocationDefect.PCK_REVOKED);
    TdExpectations waived = STRICT.acceptMissingRevocationLists();
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () -> VERIFIER.verify(quote, Optional.of(lists), waived, TestPlatform.NOW));
    assertThat(failure.check()).isEqualTo(Check.CHAIN_REVOCATION);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "OTHER_PCK_REVOKED"})
  void refusesARevokedChainAndListsThatAreNotBelieved(PckRevocationDefect defect) throws Exception {
    TdQuote quote = TdQuote.parse(version4(TdQuoteDefect.NONE).build());
    PckRevocationLists lists = lists(defect);
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () -> VERIFIER.verify(quote, Optional.of(lists), STRICT, TestPlatform.NOW));
    assertThat(failure.check()).isEqualTo(Check.CHAIN_REVOCATION);
    assertThat(failure.found()).matches(foundOf(defect));
  }

  /** All these fail one check, so what is found must tell that each failed for its own sake. */
  private static String foundOf(PckRevocationDefect defect) {
    return switch (defect) {
      case PCK_REVOKED -> "serial number 3.* on its issuer's list";
      case CA_REVOKED -> "serial number 20001 on its issuer's list";
      case LIST_EXPIRED, ROOT_LIST_EXPIRED -> "from 2026-12-31.* until 2026-12-31T23:00:00Z";
      case LIST_NOT_YET_VALID -> "from 2027-01-01T01:00:00Z until .*";
      case LIST_WITHOUT_NEXT_UPDATE -> "from 2026-12-31T00:00:00Z";
      case LIST_SIGNED_BY_OTHER_KEY -> "a signature that does not verify";
      case LIST_SIGNED_WITH_SHA384 -> "SHA384withECDSA";
      case LIST_WITH_UNKNOWN_CRITICAL_EXTENSION -> "\\[1.2.840.113741.9]";
      case LIST_PARTIAL -> "\\[2.5.29.27]";
      case LISTS_SWAPPED -> "of .*Intel SGX PCK Platform CA.*";
      case NONE, OTHER_PCK_REVOKED -> throw new IllegalArgumentException("no defect: " + defect);
    };
  }

  @Test
  void believesAChainWhenAnotherPlatformIsRevoked() throws Exception {
    TdQuote quote = TdQuote.parse(version4(TdQuoteDefect.NONE).build());
    PckRevocationLists lists = lists(PckRevocationDefect.OTHER_PCK_REVOKED);
    assertThat(VERIFIER.verify(quote, Optional.of(lists), STRICT, TestPlatform.NOW).checks())
        .contains(Check.CHAIN_REVOCATION);
  }

  static Stream<PinnedRoots> otherRoots() {
    return Stream.of(
        PinnedRoots.intel(),
        PinnedRoots.amd(),
        TestPlatform.ROOTS,
        PinnedRoots.intel().plus(Bytes.zeros(32)));
  }

  @ParameterizedTest
  @MethodSource("otherRoots")
  void refusesAQuoteUnderAnyOtherRoot(PinnedRoots roots) throws Exception {
    TdQuote quote = TdQuote.parse(version4(TdQuoteDefect.NONE).build());
    EvidenceVerificationException failure =
        catchThrowableOfType(
            EvidenceVerificationException.class,
            () ->
                new TdQuoteVerifier(roots)
                    .verify(quote, Optional.empty(), STRICT, TestPlatform.NOW));
    assertThat(failure.check()).isEqualTo(Check.ROOT_PINNED);
  }

  @Test
  void looksAtTheChainBeforeAnySignature() throws Exception {
    SoftwareTdxPlatform expired =
        TestPlatform.INTEL.defectivePlatform(SgxPlatform.EMERALD, PckDefect.EXPIRED);
    TdQuoteBuilder builder =
        TdQuoteBuilder.of(expired).defect(TdQuoteDefect.QE_SIGNATURE_BIT_FLIPPED);
    assertThat(failureOf(builder, STRICT).check()).isEqualTo(Check.CHAIN_VALIDITY);
  }

  @Test
  void looksAtTheSignatureBeforeTheContent() {
    TdQuoteBuilder builder =
        version4(TdQuoteDefect.SIGNATURE_BIT_FLIPPED)
            .with(TdQuoteField.TDATTRIBUTES, Bytes.fromHex("01"));
    assertThat(failureOf(builder, STRICT).check()).isEqualTo(Check.TD_QUOTE_SIGNATURE);
  }

  private static PckRevocationLists lists(PckRevocationDefect defect) {
    return TestPlatform.INTEL
        .revocationLists(TestPlatform.NOW)
        .defect(defect)
        .build(TestPlatform.EMERALD);
  }

  private static TdQuoteBuilder version4(TdQuoteDefect defect) {
    return TdQuoteBuilder.of(TestPlatform.EMERALD).defect(defect);
  }

  private static TdQuoteBuilder version5(TdQuoteDefect defect) {
    return version4(defect).version5(TdxBody.TDX_1_5);
  }

  private static VerifiedTdQuote verify(TdQuoteBuilder builder, TdExpectations expectations)
      throws Exception {
    return VERIFIER.verify(
        TdQuote.parse(builder.build()),
        Optional.of(lists(PckRevocationDefect.NONE)),
        expectations,
        TestPlatform.NOW);
  }

  private static EvidenceVerificationException failureOf(
      TdQuoteBuilder builder, TdExpectations expectations) {
    return catchThrowableOfType(
        EvidenceVerificationException.class, () -> verify(builder, expectations));
  }
}
