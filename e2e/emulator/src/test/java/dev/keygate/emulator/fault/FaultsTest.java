package dev.keygate.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.testing.ShiftedTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

  private static final String HOST = "contoso.vault.azure.net";

  private final ShiftedTime time = new ShiftedTime();
  private final Faults faults = new Faults(time);
  private final HttpService service = new FaultyService(HOST, new Healthy(), faults);

  /** Answers 200; names the status where it fails. */
  private record Healthy() implements HttpService {
    @Override
    public HttpResponse answer(HttpRequest request) {
      return HttpResponse.empty(200);
    }

    @Override
    public HttpResponse failure(int status, String sentence) {
      return HttpResponse.text(status, "in the service's own shape");
    }
  }

  @Test
  void answersInTheServicesShapeWithTheFaultsHeaders() {
    faults.inject(
        new Fault(FaultRoute.all(HOST), 429, Map.of("Retry-After", "7"), Fault.Limits.NONE));

    HttpResponse response = ask("/keys/orders");

    assertThat(response.status()).isEqualTo(429);
    assertThat(response.body()).isEqualTo("in the service's own shape");
    assertThat(response.headers()).containsEntry("Retry-After", "7");
  }

  @ParameterizedTest
  @CsvSource({
    "other.vault.azure.net, .*, /keys/orders",
    "contoso.vault.azure.net, .*/release, /keys/orders",
    "contoso.vault.azure.net, .*/release, /keys/release/versions",
    "contoso.vault.azure.net, /keys, /keys/orders"
  })
  void leavesOtherRequestsAlone(String host, String pattern, String path) {
    faults.inject(new Fault(FaultRoute.of(host, pattern), 429, Map.of(), Fault.Limits.NONE));

    assertThat(ask(path).status()).isEqualTo(200);
  }

  @Test
  void endsAfterItsCount() {
    faults.inject(fault(OptionalInt.of(2), Optional.empty()));

    assertThat(ask("/a").status()).isEqualTo(503);
    assertThat(ask("/b").status()).isEqualTo(503);
    assertThat(ask("/c").status()).isEqualTo(200);
  }

  @Test
  void endsWithItsTime() {
    faults.inject(fault(OptionalInt.empty(), Optional.of(Duration.ofHours(1))));
    time.shift(Duration.ofMinutes(59));
    assertThat(ask("/a").status()).isEqualTo(503);

    time.shift(Duration.ofMinutes(1));

    assertThat(ask("/a").status()).isEqualTo(200);
  }

  @Test
  void lastsUntilItIsCleared() {
    faults.inject(fault(OptionalInt.empty(), Optional.empty()));
    time.shift(Duration.ofDays(1000));
    assertThat(ask("/a").status()).isEqualTo(503);

    faults.clear();

    assertThat(ask("/a").status()).isEqualTo(200);
  }

  @Test
  void letsTheOldestOfSeveralStrike() {
    faults.inject(fault(OptionalInt.of(1), Optional.empty()));
    faults.inject(new Fault(FaultRoute.all(HOST), 429, Map.of(), Fault.Limits.NONE));

    assertThat(ask("/a").status()).isEqualTo(503);
    assertThat(ask("/a").status()).isEqualTo(429);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 399, 600})
  void refusesStatusThatIsNoFailure(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fault(FaultRoute.all(HOST), status, Map.of(), Fault.Limits.NONE));
  }

  @Test
  void refusesPatternThatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> FaultRoute.of(HOST, "("));
  }

  @Test
  void refusesLimitsThatLetNothingHappen() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fault.Limits(OptionalInt.of(0), Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fault.Limits(OptionalInt.empty(), Optional.of(Duration.ZERO)));
  }

  private static Fault fault(OptionalInt count, Optional<Duration> duration) {
    return new Fault(FaultRoute.all(HOST), 503, Map.of(), new Fault.Limits(count, duration));
  }

  private HttpResponse ask(String path) {
    return service.answer(new HttpRequest("POST", path, Map.of(), Map.of(), ""));
  }
}
