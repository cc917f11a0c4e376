package dev.keygate.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateDeciderTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Set<String> NAMES = Set.of("keygate-webhook.keygate-system.svc");

  private final CertificateMaker maker = new CertificateMaker(new SecureRandom(), NAMES);
  private final IssuedCertificate issued = maker.create(List.of(), START);

  @ParameterizedTest
  @CsvSource({
    "PT0S, Keep",
    "P59D, Keep",
    "P60D, Renew",
    "P89D, Renew",
    "P200D, Renew",
    "P244D, Create",
    "P400D, Create",
    "-PT30M, Keep",
    "-PT2H, Create",
  })
  void followsTheLifetimes(Duration later, String expected) {
    assertThat(decide(new StoredCertificate.Usable(issued), START.plus(later)))
        .extracting(decision -> decision.getClass().getSimpleName())
        .isEqualTo(expected);
  }

  @Test
  void createsWhatIsMissing() {
    assertThat(decide(new StoredCertificate.Empty(), START))
        .isEqualTo(new CertificateDecision.Create(List.of()));
  }

  @Test
  void keepsTrustInWhatWasShownWhenTheSecretIsLost() {
    CertificateObservation lost =
        new CertificateObservation(
            new StoredCertificate.Garbage("it is empty"), issued.authorities(), NAMES, START);

    assertThat(CertificateDecider.decide(lost))
        .isEqualTo(new CertificateDecision.Create(issued.authorities()));
  }

  @Test
  void trustsNoExpiredAuthority() {
    CertificateObservation lost =
        new CertificateObservation(
            new StoredCertificate.Empty(),
            issued.authorities(),
            NAMES,
            START.plus(Duration.ofDays(366)));

    assertThat(CertificateDecider.decide(lost))
        .isEqualTo(new CertificateDecision.Create(List.of()));
  }

  @Test
  void renewsForAnotherName() {
    CertificateObservation moved =
        new CertificateObservation(
            new StoredCertificate.Usable(issued),
            List.of(),
            Set.of("keygate-webhook.x.svc"),
            START);

    assertThat(CertificateDecider.decide(moved)).isInstanceOf(CertificateDecision.Renew.class);
  }

  @Test
  void handsTrustOverToTheNextAuthority() {
    Instant change = START.plus(Duration.ofDays(250));
    X509Certificate former = issued.issuer();

    CertificateDecision decision = decide(new StoredCertificate.Usable(issued), change);

    assertThat(decision).isEqualTo(new CertificateDecision.Create(List.of(former)));
    IssuedCertificate next = maker.create(List.of(former), change);
    assertThat(next.trustedAt(change)).containsExactly(next.issuer(), former);
    assertThat(next.trustedAt(change.plus(Duration.ofHours(22))))
        .containsExactly(next.issuer(), former);
    assertThat(next.trustedAt(change.plus(Duration.ofDays(1)))).containsExactly(next.issuer());
    assertThat(next.trustedAt(START.plus(Duration.ofDays(370)))).containsExactly(next.issuer());
  }

  private static CertificateDecision decide(StoredCertificate stored, Instant now) {
    return CertificateDecider.decide(new CertificateObservation(stored, List.of(), NAMES, now));
  }
}
