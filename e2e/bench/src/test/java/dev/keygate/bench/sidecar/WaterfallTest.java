package dev.keygate.bench.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class WaterfallTest {

  private static final long MILLI = 1_000_000;

  /**
   * Report 2, then collateral 20 beside evidence 15, authority 120, token 3, vault 60, unwrap 1.
   */
  private final List<Span> release =
      List.of(
          tpm(0, 2),
          span("THIM", "/metadata/THIM/amd/certification", 5, 25),
          tpm(6, 21),
          span("MAA", "/attest/AzureGuest", 30, 150),
          tpm(155, 158),
          span("Key Vault", "/keys/a/release", 160, 220),
          tpm(225, 226));

  @Test
  void theBoundIsTheLongestChainWithoutWhatLiesBetweenTheCalls() {
    assertThat(waterfall(release).boundMillis()).isEqualTo(2 + 20 + 120 + 3 + 60 + 1);
  }

  @Test
  void evidenceThatTakesLongerThanTheCollateralIsInTheBoundInItsPlace() {
    assertThat(waterfall(with(tpm(21, 29))).boundMillis()).isEqualTo(2 + 23 + 120 + 3 + 60 + 1);
  }

  @Test
  void aTokenIsInTheBoundOnlyWhereItTakesLongerThanTheAttestation() {
    Span quick = span("IMDS", "/metadata/identity/oauth2/token", 0, 40);
    Span slow = span("IMDS", "/metadata/identity/oauth2/token", 0, 159);

    assertThat(waterfall(with(quick)).boundMillis()).isEqualTo(206);
    assertThat(waterfall(with(slow)).boundMillis()).isEqualTo(159 + 60 + 1);
  }

  @Test
  void issuerKeysAreNotInTheChain() {
    Span certs = span("MAA", "/certs", 30, 159);

    assertThat(waterfall(with(certs)).boundMillis()).isEqualTo(206);
  }

  @Test
  void thereIsNoBoundWithoutARelease() {
    Waterfall broken = waterfall(release.subList(0, 4));

    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(broken::boundMillis);
  }

  private List<Span> with(Span another) {
    List<Span> spans = new ArrayList<>(release);
    spans.add(another);
    spans.sort(Comparator.comparingLong(Span::fromNanos));
    return spans;
  }

  private static Waterfall waterfall(List<Span> spans) {
    return new Waterfall(spans, 0, 230 * MILLI);
  }

  private static Span tpm(long fromMillis, long toMillis) {
    return span("TPM", "131", fromMillis, toMillis);
  }

  private static Span span(String what, String detail, long fromMillis, long toMillis) {
    return new Span(what, detail, fromMillis * MILLI, toMillis * MILLI);
  }
}
