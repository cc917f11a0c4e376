package dev.keygate.emulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultFileTest {

  @Test
  void readsEveryEffect() {
    List<Fault> faults =
        read(
            """
            - {host: a.example, retryAfterSeconds: 3}
            - {host: a.example, effect: status, status: 500}
            - {host: a.example, effect: delay, milliseconds: 1500}
            - {host: a.example, effect: drip, bytes: 10, milliseconds: 5}
            - {host: a.example, effect: truncate, bytes: 0}
            - {host: a.example, effect: reset}
            - {host: a.example, effect: content-type, contentType: text/html}
            - {host: a.example, effect: wrong-nonce}
            - {host: a.example, effect: replay}
            - {host: a.example, effect: expired-certificate}
            - {host: a.example, effect: wrong-clock, offsetSeconds: -600}
            """);

    assertThat(faults)
        .extracting(Fault::effect)
        .containsExactly(
            new FaultEffect.Status(429, Map.of("Retry-After", "3")),
            new FaultEffect.Status(500, Map.of()),
            new FaultEffect.Delay(Duration.ofMillis(1500)),
            new FaultEffect.Drip(10, Duration.ofMillis(5)),
            new FaultEffect.Truncate(0),
            new FaultEffect.Reset(),
            new FaultEffect.ContentType("text/html"),
            new FaultEffect.WrongNonce(),
            new FaultEffect.Replay(),
            new FaultEffect.ExpiredCertificate(),
            new FaultEffect.WrongClock(Duration.ofMinutes(-10)));
  }

  @Test
  void readsRoutesAndLimits() {
    List<Fault> faults =
        read(
            """
            - host: a.example
              method: POST
              path: /keys/.*
              fromCall: 3
              count: 2
              seconds: 60
            - {vault: contoso, operation: release}
            - {vault: Secure, operation: all}
            - {vault: secure, method: POST, path: /keys/orders/sign, fromCall: 2}
            """);

    Fault first = faults.getFirst();
    assertThat(first.route().host()).isEqualTo("a.example");
    assertThat(first.route().method()).contains("POST");
    assertThat(first.route().path().pattern()).isEqualTo("/keys/.*");
    assertThat(first.limits())
        .isEqualTo(new Fault.Limits(3, OptionalInt.of(2), Optional.of(Duration.ofMinutes(1))));
    assertThat(faults.get(1).route().host()).isEqualTo("contoso.vault.azure.net");
    assertThat(faults.get(1).route().path().pattern()).isEqualTo(".*/release/?");
    assertThat(faults.get(1).limits()).isEqualTo(Fault.Limits.NONE);
    assertThat(faults.get(2).route().host()).isEqualTo("secure.managedhsm.azure.net");
    assertThat(faults.get(3).route().host()).isEqualTo("secure.managedhsm.azure.net");
    assertThat(faults.get(3).route().path().pattern()).isEqualTo("/keys/orders/sign");
    assertThat(faults.get(3).limits().fromCall()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{effect: reset} | host",
        "{host: a, effect: sudden} | effect",
        "{host: a, effect: 5} | effect",
        "{host: a, effect: reset, status: 429} | status",
        "{host: a, effect: delay} | milliseconds",
        "{host: a, effect: delay, milliseconds: 3600001} | milliseconds",
        "{host: a, effect: delay, milliseconds: -1} | milliseconds",
        "{host: a, effect: drip, milliseconds: 1} | bytes",
        "{host: a, effect: drip, bytes: 0, milliseconds: 1} | bytes",
        "{host: a, effect: truncate} | bytes",
        "{host: a, effect: content-type} | contentType",
        "{host: a, effect: content-type, contentType: \"a\\u0000\"} | contentType",
        "{host: a, effect: wrong-clock} | offsetSeconds",
        "{host: a, effect: wrong-clock, offsetSeconds: 315360001} | offsetSeconds",
        "{host: a, effect: expired-certificate, path: /keys} | path",
        "{host: a, effect: expired-certificate, method: GET} | path",
        "{host: a, status: 302} | status",
        "{host: a, fromCall: 0} | fromCall",
        "{host: a, count: 0} | count",
        "{host: a, seconds: 0} | seconds",
        "{host: a, path: \"(\"} | Unclosed",
        "{vault: contoso} | operation",
        "{vault: contoso, method: POST} | operation",
        "{vault: contoso, operation: get} | operation",
        "{vault: contoso, operation: all, path: /keys} | operation",
        "{vault: contoso, operation: all, method: GET} | operation",
        "{vault: contoso, host: a.example, operation: all} | vault",
        "{vault: contoso, host: a.example, path: /keys} | vault",
        "{vault: nobody, operation: all} | vault",
        "{vault: 7, operation: all} | vault",
        "{host: a, operation: all} | operation"
      })
  void refusesWhatIsNoFaultAndSaysWhere(String yaml, String member) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("- {host: a.example, effect: reset}\n- " + yaml))
        .withMessageStartingWith("[1]." + member);
  }

  private static List<Fault> read(String yaml) {
    return FaultFile.read(yaml, FaultFileTest::hostOf);
  }

  private static String hostOf(String vault) {
    return switch (vault) {
      case "contoso" -> "contoso.vault.azure.net";
      case "secure" -> "secure.managedhsm.azure.net";
      default -> throw new IllegalArgumentException("vault: there is no " + vault);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "{}", "- text", "[", "- {host: a, host: b, effect: reset}"})
  void refusesWhatIsNoListOfFaults(String yaml) {
    assertThatIllegalArgumentException().isThrownBy(() -> read(yaml));
  }
}
