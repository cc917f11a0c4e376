package dev.keygate.bench.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeBoundTest {

  private static final long MILLI = 1_000_000;

  @Test
  void countsTheTimeOfOverlappingCommandsOnce() {
    NodeBound bound = bound(tpm(0, 10), tpm(5, 12), tpm(6, 7), tpm(20, 30));

    assertThat(bound.tpmMillis()).isEqualTo(22);
  }

  @Test
  void countsNothingButTheTpmForTheTpm() {
    NodeBound bound = bound(new Span("Key Vault", "/keys/a/release", 0, 900 * MILLI), tpm(1, 2));

    assertThat(bound.tpmMillis()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "5, 0", "6, 1000", "10, 1000", "11, 2000", "30, 5000"})
  void theFirstOfEachSecondNeedNotWaitForTheMetadataService(int sidecars, double millis) {
    assertThat(new NodeBound(List.of(), sidecars, 0).imdsMillis()).isEqualTo(millis);
  }

  @Test
  void isTheBusyTpmAndOnePathHoweverSlowTheMetadataServiceIs() {
    assertThat(new NodeBound(List.of(tpm(0, 300)), 30, 200).millis()).isEqualTo(500);
  }

  @Test
  void countsRequestsOfTheMetadataServiceWhatTheyAreFor() {
    NodeBound bound =
        bound(
            new Span("THIM on this host", "/metadata/THIM/amd/certification", 0, 1),
            new Span("IMDS", "/metadata/identity/oauth2/token", 0, 1),
            new Span("Key Vault", "/keys/metadata/release", 0, 1));

    assertThat(bound.imdsRequests()).isEqualTo(2);
  }

  private static NodeBound bound(Span... spans) {
    return new NodeBound(List.of(spans), 1, 0);
  }

  private static Span tpm(long fromMillis, long toMillis) {
    return new Span("TPM", "131", fromMillis * MILLI, toMillis * MILLI);
  }
}
