package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.KeyExtensions;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.testing.EndorsementDefect;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class ChainVerifierTest {

  private static final ChainVerifier VERIFIER = new ChainVerifier(TestPlatform.ROOTS);

  @Test
  void believesAChainToANamedRootAndSaysThatItIsNotTheVendors() throws Exception {
    VerifiedChain verified = VERIFIER.verify(TestPlatform.milanVcek().chain(), TestPlatform.NOW);
    assertThat(verified.root().isLab()).isTrue();
    assertThat(verified.root().digest()).isEqualTo(TestPlatform.MILAN.arkDigest());
    assertThat(verified.product()).isEqualTo(SnpProduct.MILAN);
    assertThat(verified.key().tcb()).isEqualTo(TestPlatform.MILAN_TCB);
    assertThat(hardwareId(verified)).isEqualTo(TestPlatform.MILAN_CHIP);
  }

  @Test
  void believesAHardwareIdThatIsWrapped() throws Exception {
    VerifiedChain verified =
        VERIFIER.verify(defective(EndorsementDefect.WRAPPED_HARDWARE_ID).chain(), TestPlatform.NOW);
    assertThat(hardwareId(verified)).isEqualTo(TestPlatform.MILAN_CHIP);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NONE", "WRAPPED_HARDWARE_ID"})
  void refusesADefectiveChain(EndorsementDefect defect) {
    EvidenceVerificationException failure =
        failureOf(VERIFIER, defective(defect).chain(), TestPlatform.NOW);
    assertThat(failure.check()).isEqualTo(expected(defect));
  }

  /** A switch, so that a new defect does not compile until it says which check finds it. */
  private static Check expected(EndorsementDefect defect) {
    return switch (defect) {
      case SIGNED_BY_ARK,
          ROOT_SIGNATURE_BIT_FLIPPED,
          SIGNATURE_BIT_FLIPPED,
          SIGNED_WITH_SHA256,
          OTHER_ISSUER_NAME ->
          Check.CHAIN_SIGNATURE;
      case IS_CA,
          ON_P256,
          UNKNOWN_CRITICAL_EXTENSION,
          ISSUER_IS_NO_CA,
          ROOT_IS_NO_CA,
          ISSUER_MAY_NOT_SIGN_CERTIFICATES ->
          Check.CHAIN_ROLES;
      case EXPIRED, NOT_YET_VALID, ISSUER_EXPIRED -> Check.CHAIN_VALIDITY;
      case MICROCODE_LEVEL_MISSING,
          MICROCODE_LEVEL_TOO_HIGH,
          RESERVED_LEVEL_SET,
          UNKNOWN_PRODUCT,
          NAMED_VLEK,
          PROVIDER_STATED,
          MICROCODE_LEVEL_NEGATIVE,
          MICROCODE_LEVEL_PADDED,
          SHORT_HARDWARE_ID ->
          Check.VCEK_EXTENSIONS;
      case ISSUED_BY_ARK, OTHER_PRODUCT, ROOT_OF_OTHER_PRODUCT -> Check.PRODUCT;
      case NONE, WRAPPED_HARDWARE_ID -> throw new IllegalArgumentException("no defect: " + defect);
    };
  }

  static Stream<PinnedRoots> otherRoots() {
    SoftwareAmd other =
        SoftwareAmd.create(SnpProduct.MILAN, 2048, TestPlatform.MADE, TestPlatform.RANDOM);
    return Stream.of(
        PinnedRoots.amd(),
        PinnedRoots.amd().plus(other.arkDigest()),
        PinnedRoots.amd()
            .plus(
                PinnedRoots.digestOf(
                    TestPlatform.milanVcek().chain().intermediate().getPublicKey())));
  }

  @ParameterizedTest
  @MethodSource("otherRoots")
  void refusesAChainToAnyOtherRoot(PinnedRoots roots) {
    EvidenceVerificationException failure =
        failureOf(new ChainVerifier(roots), TestPlatform.milanVcek().chain(), TestPlatform.NOW);
    assertThat(failure.check()).isEqualTo(Check.ROOT_PINNED);
    assertThat(failure.found()).contains(TestPlatform.MILAN.arkDigest().hex());
  }

  @Test
  void refusesAPinnedRootThatDidNotIssueTheRest() {
    SoftwareAmd other =
        SoftwareAmd.create(SnpProduct.MILAN, 2048, TestPlatform.MADE, TestPlatform.RANDOM);
    EndorsementChain ours = TestPlatform.milanVcek().chain();
    EndorsementChain theirs = other.vcek(TestPlatform.MILAN_CHIP, TestPlatform.MILAN_TCB).chain();
    EndorsementChain mixed =
        new EndorsementChain(
            theirs.endorsementKey(), theirs.intermediate(), ours.root(), ours.revocations());
    assertThat(failureOf(VERIFIER, mixed, TestPlatform.NOW).check())
        .isEqualTo(Check.CHAIN_SIGNATURE);
  }

  @Test
  void refusesCertificatesInAnotherOrder() {
    EndorsementChain chain = TestPlatform.milanVcek().chain();
    EndorsementChain swapped =
        new EndorsementChain(
            /* endorsementKey= */ chain.intermediate(),
            /* intermediate= */ chain.endorsementKey(),
            chain.root(),
            chain.revocations());
    assertThat(failureOf(VERIFIER, swapped, TestPlatform.NOW).check())
        .isEqualTo(Check.CHAIN_SIGNATURE);
  }

  @ParameterizedTest
  @CsvSource({"-1", "2555", "9125"})
  void refusesAChainBeforeAndAfterItsTime(int days) {
    Instant then = TestPlatform.MADE.plus(Duration.ofDays(days)).plusSeconds(1);
    assertThat(failureOf(VERIFIER, TestPlatform.milanVcek().chain(), then).check())
        .isEqualTo(Check.CHAIN_VALIDITY);
  }

  private static Bytes hardwareId(VerifiedChain verified) {
    return switch (verified.key()) {
      case KeyExtensions.Vcek vcek -> vcek.hardwareId();
      case KeyExtensions.Vlek vlek -> Bytes.EMPTY;
    };
  }

  private static SoftwareVcek defective(EndorsementDefect defect) {
    return TestPlatform.MILAN.defectiveVcek(
        TestPlatform.MILAN_CHIP, TestPlatform.MILAN_TCB, defect);
  }

  private static EvidenceVerificationException failureOf(
      ChainVerifier verifier, EndorsementChain chain, Instant now) {
    return catchThrowableOfType(
        EvidenceVerificationException.class, () -> verifier.verify(chain, now));
  }
}
