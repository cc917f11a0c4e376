package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PckChain;
import dev.keygate.evidence.endorsement.PckExtensions;
import dev.keygate.evidence.endorsement.SgxType;
import dev.keygate.evidence.testing.PckDefect;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareIntel;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PckChainVerifierTest {

  private static final PckChainVerifier VERIFIER = new PckChainVerifier(TestPlatform.INTEL_ROOTS);

  @Test
  void believesAChainAndSaysWhichPlatformItIsOf() throws Exception {
    VerifiedPckChain verified = VERIFIER.verify(chain(PckDefect.NONE), TestPlatform.NOW);
    PckExtensions pck = verified.pck();
    assertThat(verified.root().isLab()).isTrue();
    assertThat(pck.fmspc()).isEqualTo(SgxPlatform.EMERALD.fmspc());
    assertThat(pck.ppid()).isEqualTo(SgxPlatform.EMERALD.ppid());
    assertThat(pck.pceId().hex()).isEqualTo("0000");
    assertThat(pck.sgxType()).isEqualTo(SgxType.SCALABLE);
    assertThat(pck.tcb().components()).isEqualTo(SgxPlatform.EMERALD.components());
    assertThat(pck.tcb().pceSvn()).isEqualTo(0x010D);
    assertThat(pck.tcb().cpuSvn()).isEqualTo(SgxPlatform.EMERALD.cpuSvn());
    assertThat(pck.platformInstanceId().orElseThrow().hex()).isEqualTo("1f".repeat(16));
    assertThat(verified.pckKey()).isEqualTo(verified.chain().pck().getPublicKey());
    assertThat(verified.checks())
        .containsExactly(
            Check.ROOT_PINNED,
            Check.CHAIN_SIGNATURE,
            Check.CHAIN_ROLES,
            Check.CHAIN_VALIDITY,
            Check.PCK_EXTENSIONS);
  }

  @ParameterizedTest
  @EnumSource(names = {"WITHOUT_PLATFORM_INSTANCE", "UNKNOWN_ELEMENT", "ISSUER_IS_PROCESSOR_CA"})
  void believesWhatDiffersBetweenPlatforms(PckDefect none) throws Exception {
    VerifiedPckChain verified = VERIFIER.verify(chain(none), TestPlatform.NOW);
    assertThat(verified.pck().platformInstanceId().isPresent())
        .isEqualTo(none != PckDefect.WITHOUT_PLATFORM_INSTANCE);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "WITHOUT_PLATFORM_INSTANCE", "UNKNOWN_ELEMENT", "ISSUER_IS_PROCESSOR_CA"})
  void refusesADefectiveChain(PckDefect defect) {
    assertThat(failureOf(chain(defect), TestPlatform.NOW).check()).isEqualTo(expected(defect));
  }

  /** A switch, so that a new defect does not compile until it says which check finds it. */
  private static Check expected(PckDefect defect) {
    return switch (defect) {
      case SIGNED_BY_ROOT,
          SIGNATURE_BIT_FLIPPED,
          SIGNED_WITH_SHA384,
          OTHER_ISSUER_NAME,
          ROOT_SIGNATURE_BIT_FLIPPED ->
          Check.CHAIN_SIGNATURE;
      case ISSUED_BY_ROOT,
          IS_CA,
          NAMED_TCB_SIGNING,
          ON_P384,
          UNKNOWN_CRITICAL_EXTENSION,
          ISSUER_IS_NO_CA,
          ROOT_IS_NO_CA,
          ISSUER_MAY_NOT_SIGN_CERTIFICATES,
          ISSUER_NAMED_OTHERWISE,
          ROOT_NAMED_OTHERWISE ->
          Check.CHAIN_ROLES;
      case EXPIRED, NOT_YET_VALID, ISSUER_EXPIRED -> Check.CHAIN_VALIDITY;
      case EXTENSIONS_MISSING,
          EXTENSIONS_NO_SEQUENCE,
          EXTENSIONS_WITH_TAIL,
          FMSPC_REPEATED,
          FMSPC_MISSING,
          FMSPC_SHORT,
          PCEID_OF_OTHER_TYPE,
          UNKNOWN_SGX_TYPE,
          COMPONENT_MISSING,
          COMPONENT_TOO_HIGH,
          PCESVN_TOO_HIGH,
          CPUSVN_SHORT ->
          Check.PCK_EXTENSIONS;
      case NONE, WITHOUT_PLATFORM_INSTANCE, UNKNOWN_ELEMENT, ISSUER_IS_PROCESSOR_CA ->
          throw new IllegalArgumentException("no defect: " + defect);
    };
  }

  @Test
  void namesTheElementThatIsWrong() {
    EvidenceVerificationException failure =
        failureOf(chain(PckDefect.PCESVN_TOO_HIGH), TestPlatform.NOW);
    assertThat(failure.expected()).startsWith("PCESVN").contains("65535");
  }

  @Test
  void refusesAPinnedRootThatDidNotIssueTheRest() {
    PckChain ours = chain(PckDefect.NONE);
    SoftwareIntel other = SoftwareIntel.create(TestPlatform.MADE, TestPlatform.RANDOM);
    PckChain theirs = parse(other.platform(SgxPlatform.EMERALD).chainPem());
    PckChain mixed = new PckChain(theirs.pck(), theirs.ca(), ours.root());
    assertThat(failureOf(mixed, TestPlatform.NOW).check()).isEqualTo(Check.CHAIN_SIGNATURE);
  }

  @Test
  void refusesCertificatesInAnotherOrder() {
    PckChain chain = chain(PckDefect.NONE);
    PckChain swapped = new PckChain(/* pck= */ chain.ca(), /* ca= */ chain.pck(), chain.root());
    assertThat(failureOf(swapped, TestPlatform.NOW).check()).isEqualTo(Check.CHAIN_SIGNATURE);
  }

  @ParameterizedTest
  @CsvSource({"-1", "2555", "9125"})
  void refusesAChainBeforeAndAfterItsTime(int days) {
    Instant then = TestPlatform.MADE.plus(Duration.ofDays(days)).plusSeconds(1);
    assertThat(failureOf(chain(PckDefect.NONE), then).check()).isEqualTo(Check.CHAIN_VALIDITY);
  }

  private static PckChain chain(PckDefect defect) {
    return parse(TestPlatform.INTEL.defectivePlatform(SgxPlatform.EMERALD, defect).chainPem());
  }

  private static PckChain parse(String pem) {
    try {
      return PckChain.parsePem(pem);
    } catch (EvidenceFormatException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private static EvidenceVerificationException failureOf(PckChain chain, Instant now) {
    return catchThrowableOfType(
        EvidenceVerificationException.class, () -> VERIFIER.verify(chain, now));
  }
}
