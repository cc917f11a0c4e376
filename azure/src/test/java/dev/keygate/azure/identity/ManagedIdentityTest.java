package dev.keygate.azure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.azure.testing.ScriptedExchange;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedIdentityTest {

  private static final Audience VAULT = new Audience("https://vault.azure.net");
  private static final String TOKEN =
      """
      {"access_token":"abc.def-g_h","client_id":"11","expires_in":"3599","expires_on":"1",
       "resource":"https://vault.azure.net","token_type":"Bearer"}""";

  private final FakeTime time = new FakeTime();
  private final ScriptedExchange exchange = new ScriptedExchange();
  private final ImdsEndpoint imds =
      new ImdsEndpoint(URI.create("http://169.254.169.254"), exchange);
  private final ManagedIdentity identity = ManagedIdentity.ofMachine(imds, time);

  @Test
  void readsTokenWhoseNumbersAreStrings() throws Exception {
    exchange.answer(200, TOKEN);

    BearerToken token = identity.token(VAULT);

    assertThat(token.audience()).isEqualTo(VAULT);
    assertThat(token.expiresAt()).isEqualTo(FakeTime.START.plusSeconds(3599));
    assertThat(exchange.onlyCall().uri())
        .isEqualTo(
            URI.create(
                "http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01"
                    + "&resource=https%3A%2F%2Fvault.azure.net"));
    assertThat(exchange.onlyCall().headers()).isEqualTo(Map.of("Metadata", "true"));
  }

  @Test
  void namesTheIdentityThatWasChosen() throws Exception {
    exchange.answer(200, TOKEN);

    ManagedIdentity.withClientId(imds, "a&b", time).token(VAULT);

    assertThat(exchange.onlyCall().uri().getRawQuery()).endsWith("&client_id=a%26b");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 408, 410, 429, 500, 503})
  void isUnavailableForWhatTimeMayCure(int status) {
    exchange.answer(status, "{}", Map.of("Retry-After", "7"));

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> identity.token(VAULT))
        .satisfies(
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.IdentityUnavailable);
              assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | {"error":"invalid_request","error_description":"Identity not found"}
          401 | {"error":"unknown_source"}
          403 | not JSON
          200 | {"access_token":"abc","expires_in":"3599"}
          200 | {"access_token":"abc","expires_in":"3599","token_type":"pop"}
          200 | {"access_token":"abc","expires_in":"0","token_type":"Bearer"}
          200 | {"access_token":"abc","expires_in":"-1","token_type":"Bearer"}
          200 | {"access_token":"abc","expires_in":"99999999999","token_type":"Bearer"}
          200 | {"access_token":"a b","expires_in":"3599","token_type":"Bearer"}
          200 | {"access_token":"a\\r\\nb: c","expires_in":"3599","token_type":"Bearer"}
          200 | {"access_token":"","expires_in":"3599","token_type":"Bearer"}
          200 | {"expires_in":"3599","token_type":"Bearer"}
          200 | []
          200 | <html>
          """)
  void refusesEverythingElse(int status, String body) {
    exchange.answer(status, body);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> identity.token(VAULT))
        .satisfies(
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.IdentityRefused);
              assertThat(refused.getMessage()).doesNotContain("abc");
            });
  }
}
