package dev.keygate.azure.thim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.azure.testing.FakeTime;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.testing.AmdRevocationDefect;
import dev.keygate.evidence.testing.EndorsementDefect;
import dev.keygate.evidence.testing.SoftwareVcek;
import dev.keygate.evidence.verify.Check;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CollateralCacheTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final CollateralLimits LIMITS = new CollateralLimits(Duration.ofDays(7), 2);
  private static final AmdPlatform PLATFORM = SoftwarePlatform.PLATFORM;

  private final FakeTime time = new FakeTime();
  private final ScriptedSource host = new ScriptedSource();
  private final ScriptedSource regional = new ScriptedSource();
  private final CollateralCache cache = cacheOf(SoftwarePlatform.ROOTS);

  private CollateralCache cacheOf(PinnedRoots roots) {
    return new CollateralCache(List.of(host, regional), roots, LIMITS, time);
  }

  @Test
  void givesWhatTheFirstSourceHas() throws Exception {
    host.serves(SoftwarePlatform.VCEK, DAY);
    VerifiedCollateral collateral = cache.collateral(PLATFORM);
    assertThat(collateral.chain().key().tcb()).isEqualTo(SoftwarePlatform.TCB);
    assertThat(collateral.chain().checks()).contains(Check.ROOT_PINNED, Check.CHAIN_SIGNATURE);
    assertThat(collateral.isStale(time.now())).isFalse();
    assertThat(regional.calls()).isZero();
  }

  @Test
  void keepsItAsLongAsItsSourceAllows() throws Exception {
    host.serves(SoftwarePlatform.VCEK, DAY);
    VerifiedCollateral first = cache.collateral(PLATFORM);
    time.advance(DAY.minusSeconds(1));
    assertThat(cache.collateral(PLATFORM)).isSameAs(first);
    time.advance(Duration.ofSeconds(1));
    assertThat(cache.collateral(PLATFORM)).isNotSameAs(first);
    assertThat(host.calls()).isEqualTo(2);
  }

  @Test
  void keepsNothingThatItsSourceDoesNotLetBeKept() throws Exception {
    host.serves(SoftwarePlatform.VCEK, Duration.ZERO);
    cache.collateral(PLATFORM);
    host.isAway();
    regional.isAway();
    assertThat(failureOf(PLATFORM).reason()).isEqualTo(Reason.CollateralUnavailable);
  }

  @Test
  void asksTheNextSourceWhenTheFirstIsAway() throws Exception {
    host.isAway();
    regional.serves(SoftwarePlatform.VCEK, DAY);
    assertThat(cache.collateral(PLATFORM).chain().key().tcb()).isEqualTo(SoftwarePlatform.TCB);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SIGNATURE_BIT_FLIPPED",
        "SIGNED_BY_ARK",
        "EXPIRED",
        "ISSUER_IS_NO_CA",
        "NAMED_VLEK",
        "MICROCODE_LEVEL_MISSING"
      })
  void asksTheNextSourceWhenTheFirstServesWhatDoesNotVerify(EndorsementDefect defect)
      throws Exception {
    host.serves(
        SoftwarePlatform.AMD.defectiveVcek(SoftwarePlatform.CHIP, SoftwarePlatform.TCB, defect),
        DAY);
    regional.serves(SoftwarePlatform.VCEK, DAY);
    assertThat(cache.collateral(PLATFORM).certification().pem())
        .isEqualTo(SoftwarePlatform.VCEK.chainPem());
  }

  @Test
  void refusesAnUnpinnedRootWhereverItComesFrom() {
    host.serves(SoftwarePlatform.VCEK, DAY);
    regional.serves(SoftwarePlatform.VCEK, DAY);
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class, () -> cacheOf(PinnedRoots.amd()).collateral(PLATFORM));
    assertThat(refused.reason()).isEqualTo(Reason.CollateralMalformed);
    assertThat(refused).hasRootCauseInstanceOf(EvidenceVerificationException.class);
  }

  @Tag("rival-08")
  @Test
  void refusesTheEndorsementOfAnotherChip() {
    SoftwareVcek other =
        SoftwarePlatform.AMD.vcek(Bytes.fromHex("c2".repeat(64)), SoftwarePlatform.TCB);
    host.serves(other, DAY);
    regional.serves(other, DAY);
    assertThat(failureOf(PLATFORM).reason()).isEqualTo(Reason.CollateralMalformed);
  }

  @Test
  void refusesAProvidersKey() {
    Supplier<AmdCertification> vlek =
        () -> {
          var key = SoftwarePlatform.AMD.vlek("Contoso", SoftwarePlatform.TCB);
          return new AmdCertification(key.chainPem(), key.chain(), key.tcb(), DAY);
        };
    host.serves(vlek);
    regional.serves(vlek);
    assertThat(failureOf(PLATFORM).reason()).isEqualTo(Reason.CollateralMalformed);
  }

  @Tag("rival-08")
  @Test
  void isStaleWhenAllHaveTheKeyOfAnotherTcb() {
    SoftwareVcek newer =
        SoftwarePlatform.AMD.vcek(SoftwarePlatform.CHIP, SoftwarePlatform.NEWER_TCB);
    host.serves(newer, DAY);
    regional.serves(newer, DAY);
    assertThat(failureOf(PLATFORM).reason()).isEqualTo(Reason.CollateralStale);
  }

  @Test
  void believesTheCertificateAndNotWhatItsSourceSaysAboutIt() {
    SoftwareVcek newer =
        SoftwarePlatform.AMD.vcek(SoftwarePlatform.CHIP, SoftwarePlatform.NEWER_TCB);
    Supplier<AmdCertification> mislabelled =
        () -> new AmdCertification(newer.chainPem(), newer.chain(), SoftwarePlatform.TCB, DAY);
    host.serves(mislabelled);
    regional.serves(mislabelled);
    assertThat(failureOf(PLATFORM).reason()).isEqualTo(Reason.CollateralStale);
  }

  @Test
  void heedsARevocationListThatComesAlong() {
    Supplier<AmdCertification> revoked =
        () ->
            new AmdCertification(
                SoftwarePlatform.VCEK.chainPem(),
                SoftwarePlatform.VCEK
                    .chain()
                    .with(SoftwarePlatform.AMD.revocationList(AmdRevocationDefect.ASK_REVOKED)),
                SoftwarePlatform.TCB,
                DAY);
    host.serves(revoked);
    regional.serves(revoked);
    assertThat(failureOf(PLATFORM).reason()).isEqualTo(Reason.CollateralMalformed);
  }

  @ParameterizedTest
  @CsvSource({
    "away, away, CollateralUnavailable",
    "away, stale, CollateralUnavailable",
    "stale, stale, CollateralStale",
    "stale, broken, CollateralUnavailable",
    "broken, away, CollateralUnavailable",
    "broken, broken, CollateralMalformed"
  })
  void failsAsTimeMayCureIt(String first, String second, Reason expected) {
    behave(host, first);
    behave(regional, second);
    assertThat(failureOf(PLATFORM).reason()).isEqualTo(expected);
  }

  private static void behave(ScriptedSource source, String how) {
    switch (how) {
      case "away" -> source.isAway();
      case "stale" ->
          source.fails(() -> new UnavailableException(Reason.CollateralStale, "another TCB"));
      default -> source.fails(() -> new RefusedException(Reason.CollateralMalformed, "broken"));
    }
  }

  @Test
  void asksForTheLongestPauseThatAnySourceAskedFor() {
    host.fails(
        () ->
            new UnavailableException(
                Reason.CollateralUnavailable, "throttled", Duration.ofSeconds(9), null));
    regional.fails(
        () ->
            new UnavailableException(
                Reason.CollateralUnavailable, "throttled", Duration.ofSeconds(3), null));
    UnavailableException failure =
        catchThrowableOfType(UnavailableException.class, () -> cache.collateral(PLATFORM));
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
  }

  @Test
  void givesOldCollateralForWantOfNewerAndSaysSo() throws Exception {
    host.serves(SoftwarePlatform.VCEK, DAY);
    cache.collateral(PLATFORM);
    host.isAway();
    regional.isAway();
    time.advance(DAY.plus(LIMITS.staleIfError()).minusSeconds(1));
    VerifiedCollateral old = cache.collateral(PLATFORM);
    assertThat(old.isStale(time.now())).isTrue();
    assertThat(old.fetchedAt()).isEqualTo(FakeTime.START);
  }

  @Tag("rival-09")
  @Test
  void givesNothingOlderThanTheLimit() throws Exception {
    host.serves(SoftwarePlatform.VCEK, DAY);
    cache.collateral(PLATFORM);
    host.isAway();
    regional.isAway();
    time.advance(DAY.plus(LIMITS.staleIfError()));
    assertThat(failureOf(PLATFORM).reason()).isEqualTo(Reason.CollateralUnavailable);
  }

  @Test
  void verifiesOldCollateralAgain() throws Exception {
    CollateralCache patient =
        new CollateralCache(
            List.of(host),
            SoftwarePlatform.ROOTS,
            new CollateralLimits(Duration.ofDays(365 * 20), 1),
            time);
    host.serves(SoftwarePlatform.VCEK, DAY);
    patient.collateral(PLATFORM);
    host.isAway();
    time.advance(Duration.ofDays(365 * 8));
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> patient.collateral(PLATFORM));
    assertThat(refused.getMessage()).contains(Check.CHAIN_VALIDITY.name());
  }

  @Test
  void takesNewCollateralOnceThereIsSome() throws Exception {
    host.serves(SoftwarePlatform.VCEK, DAY);
    cache.collateral(PLATFORM);
    host.isAway();
    regional.isAway();
    time.advance(DAY.plusDays(1));
    cache.collateral(PLATFORM);
    host.serves(SoftwarePlatform.VCEK, DAY);
    assertThat(cache.collateral(PLATFORM).isStale(time.now())).isFalse();
  }

  @Tag("rival-09")
  @Test
  void keepsSomePlatformsAndForgetsTheOneUsedLongestAgo() throws Exception {
    for (int chip = 1; chip <= 3; chip++) {
      SoftwareVcek vcek = vcekOf(chip);
      host.serves(vcek, DAY);
      cache.collateral(AmdPlatform.of(SoftwarePlatform.report(vcek)));
      host.serves(vcekOf(1), DAY);
      cache.collateral(AmdPlatform.of(SoftwarePlatform.report(vcekOf(1))));
    }
    assertThat(host.calls()).isEqualTo(3);
    host.serves(vcekOf(2), DAY);
    cache.collateral(AmdPlatform.of(SoftwarePlatform.report(vcekOf(2))));
    assertThat(host.calls()).isEqualTo(4);
  }

  private static SoftwareVcek vcekOf(int chip) {
    return SoftwarePlatform.AMD.vcek(Bytes.fromHex(("0" + chip).repeat(64)), SoftwarePlatform.TCB);
  }

  @Test
  void needsASource() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollateralCache(List.of(), SoftwarePlatform.ROOTS, LIMITS, time));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CollateralLimits(Duration.ofDays(-1), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new CollateralLimits(DAY, 0));
  }

  private FailureException failureOf(AmdPlatform platform) {
    return catchThrowableOfType(FailureException.class, () -> cache.collateral(platform));
  }
}
