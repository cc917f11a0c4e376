package dev.keygate.emulator.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.emulator.clock.LabClock;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.testing.ShiftedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

  private static final String HOST = "contoso.vault.azure.net";

  private static final FaultEffect THROTTLED = new FaultEffect.Status(429, Map.of());

  private final ShiftedTime time = new ShiftedTime();
  private final Faults faults = new Faults(time);
  private final Latency latency = new Latency(new Random(1));
  private final LabClock clock = new LabClock(time);
  private final HttpService service = new FaultyService(HOST, new Healthy(clock), faults, latency);

  /** Answers what time it is and what it was asked; names the status where it fails. */
  private record Healthy(LabClock clock) implements HttpService {
    @Override
    public HttpResponse answer(HttpRequest request) {
      return HttpResponse.text(200, clock.now() + " " + request.body());
    }

    @Override
    public HttpResponse failure(int status, String sentence) {
      return HttpResponse.text(status, "in the service's own shape");
    }
  }

  @Test
  void answersInTheServicesShapeWithTheFaultsHeaders() {
    faults.inject(
        new Fault(
            FaultRoute.all(HOST),
            new FaultEffect.Status(429, Map.of("Retry-After", "7")),
            Fault.Limits.NONE));

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
    faults.inject(new Fault(FaultRoute.of(host, pattern), THROTTLED, Fault.Limits.NONE));

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
    faults.inject(new Fault(FaultRoute.all(HOST), THROTTLED, Fault.Limits.NONE));

    assertThat(ask("/a").status()).isEqualTo(503);
    assertThat(ask("/a").status()).isEqualTo(429);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 399, 600})
  void refusesStatusThatIsNoFailure(int status) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FaultEffect.Status(status, Map.of()));
  }

  @Test
  void refusesPatternThatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> FaultRoute.of(HOST, "("));
  }

  @Test
  void refusesLimitsThatLetNothingHappen() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fault.Limits(1, OptionalInt.of(0), Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fault.Limits(1, OptionalInt.empty(), Optional.of(Duration.ZERO)));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.Limits.call(0));
  }

  private static Fault fault(OptionalInt count, Optional<Duration> duration) {
    return new Fault(
        FaultRoute.all(HOST),
        new FaultEffect.Status(503, Map.of()),
        new Fault.Limits(1, count, duration));
  }

  @Test
  void strikesOneMethodAlone() {
    faults.inject(new Fault(FaultRoute.all(HOST).only("GET"), THROTTLED, Fault.Limits.NONE));

    assertThat(ask("/a").status()).isEqualTo(200);
  }

  @Test
  void strikesCallsByTheirNumberOnTheirRoute() {
    FaultRoute route = FaultRoute.of(HOST, "/a");
    faults.inject(new Fault(route, THROTTLED, Fault.Limits.call(2)));

    assertThat(ask("/b").status()).isEqualTo(200);
    assertThat(ask("/a").status()).isEqualTo(200);
    assertThat(ask("/a").status()).isEqualTo(429);
    assertThat(ask("/a").status()).isEqualTo(200);
  }

  @Test
  void countsCallsThatAnOlderFaultStruck() {
    faults.inject(new Fault(FaultRoute.all(HOST), THROTTLED, Fault.Limits.call(1)));
    FaultEffect failed = new FaultEffect.Status(500, Map.of());
    faults.inject(new Fault(FaultRoute.all(HOST), failed, Fault.Limits.call(2)));

    assertThat(ask("/a").status()).isEqualTo(429);
    assertThat(ask("/a").status()).isEqualTo(500);
  }

  @Test
  void answersLater() {
    inject(new FaultEffect.Delay(Duration.ofSeconds(40)));
    Instant before = time.now();

    assertThat(ask("/a").status()).isEqualTo(200);

    assertThat(time.now()).isAfterOrEqualTo(before.plusSeconds(40));
  }

  @Test
  void answersUnderAnotherContentType() {
    inject(new FaultEffect.ContentType("text/html"));

    assertThat(ask("/a").headers()).containsEntry("Content-Type", "text/html");
  }

  @Test
  void asksWithAnotherNonceAndLeavesTheRest() throws Exception {
    inject(new FaultEffect.WrongNonce());

    String asked = ask("/a", "{\"nonce\":\"mine\",\"enc\":\"x\"}").body();

    assertThat(asked).contains("\"enc\":\"x\"", "\"nonce\":").doesNotContain("mine");
  }

  @Test
  void asksWithAnotherNonceInsideAttestationInfo() throws Exception {
    inject(new FaultEffect.WrongNonce());
    String info = "{\"OSType\":\"x\",\"ClientPayload\":{\"nonce\":\"bWluZQ==\"}}";
    String encoded = Base64Text.url(info.getBytes(UTF_8));

    String asked = ask("/a", "{\"AttestationInfo\":\"" + encoded + "\"}").body();

    String sent =
        Json.parseObject(asked.substring(asked.indexOf('{'))).path("AttestationInfo").asText();
    assertThat(new String(Base64Text.decode(sent), UTF_8))
        .contains("\"OSType\":\"x\"", "\"nonce\":")
        .doesNotContain("bWluZQ==");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{\"AttestationInfo\":\"%\"}", "{\"enc\":1}"})
  void asksAsItWasAskedWhereThereIsNoNonce(String body) {
    inject(new FaultEffect.WrongNonce());

    assertThat(ask("/a", body).body()).endsWith(" " + body);
  }

  @Test
  void repeatsTheFirstAnswerToAllOthers() {
    inject(new FaultEffect.Replay());

    String first = ask("/a", "1").body();

    assertThat(first).endsWith("1");
    assertThat(ask("/b", "2").body()).isEqualTo(first);
  }

  @Test
  @Tag("azure-44")
  void answersAtAnotherTime() {
    inject(new FaultEffect.WrongClock(Duration.ofDays(-400)));

    Instant said = Instant.parse(ask("/a", "").body().trim());

    assertThat(said).isBefore(time.now().minus(Duration.ofDays(399)));
    assertThat(clock.now()).isAfter(said.plus(Duration.ofDays(399)));
  }

  @Test
  void isAsFarAwayAsItsProfileSays() {
    latency.set(LatencyProfile.CONTINENT);
    Instant before = time.now();

    ask("/a");

    assertThat(time.now()).isAfterOrEqualTo(before.plusMillis(150));
  }

  @ParameterizedTest
  @CsvSource({"REGION, 0.5, 20", "REGION, 0.995, 200", "BAD_DAY, 0.1, 1000", "NONE, 0.999, 0"})
  void isRarelyMuchFurtherAway(LatencyProfile profile, double chance, long millis) {
    assertThat(profile.at(chance)).hasMillis(millis);
  }

  @Test
  void refusesCertificatesForAPathAlone() {
    FaultRoute route = FaultRoute.of(HOST, "/keys");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Fault(route, new FaultEffect.ExpiredCertificate(), Fault.Limits.NONE));
  }

  @Test
  void expiresCertificatesOfConnectionsAndStrikesNoRequest() {
    FaultEffect expired = new FaultEffect.ExpiredCertificate();
    faults.inject(new Fault(FaultRoute.all(HOST), expired, Fault.Limits.call(2)));

    assertThat(ask("/a").status()).isEqualTo(200);
    assertThat(faults.expireCertificate("other.vault.azure.net")).isFalse();
    assertThat(faults.expireCertificate(HOST)).isFalse();
    assertThat(faults.expireCertificate(HOST)).isTrue();
    assertThat(faults.expireCertificate(HOST)).isFalse();
  }

  private void inject(FaultEffect effect) {
    faults.inject(new Fault(FaultRoute.all(HOST), effect, Fault.Limits.NONE));
  }

  private HttpResponse ask(String path, String body) {
    return service.answer(new HttpRequest("POST", path, Map.of(), Map.of(), body));
  }

  private HttpResponse ask(String path) {
    return ask(path, "");
  }
}
