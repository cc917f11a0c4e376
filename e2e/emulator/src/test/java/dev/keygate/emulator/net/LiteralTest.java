package dev.keygate.emulator.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralTest {

  @ParameterizedTest
  @CsvSource({
    "169.254.169.254:80, 169.254.169.254:80",
    "10.244.0.1:0, 10.244.0.1:0",
    "[::1]:80, [0:0:0:0:0:0:0:1]:80"
  })
  void readsEndpoints(String written, String url) {
    assertThat(Literal.of(Literal.endpoint(written))).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        ":80",
        "10.244.0.1",
        "10.244.0.1:",
        "10.244.0.1:-1",
        "10.244.0.1:65536",
        "10.244.0.1:999999",
        "localhost:80",
        "0.0.0.0:80",
        "[::]:80"
      })
  void refusesWhatIsNoEndpointOfOneAddress(String written) {
    assertThatIllegalArgumentException().isThrownBy(() -> Literal.endpoint(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "vault.azure.net", "10.244.0.1.1", "0.0.0.0", "::"})
  void refusesNamesAndEveryAddress(String written) {
    assertThatIllegalArgumentException().isThrownBy(() -> Literal.address(written));
  }
}
