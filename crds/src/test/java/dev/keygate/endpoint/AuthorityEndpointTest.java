package dev.keygate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityEndpointTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sharedweu.weu.attest.azure.net",
        "https://sharedugv.ugv.attest.azure.us",
        "https://mine.cne3.attest.azure.cn"
      })
  void readsProvidersOfEveryCloud(String url) throws EndpointFormatException {
    assertThat(AuthorityEndpoint.parse(url)).hasToString(url);
    assertThat(AuthorityEndpoint.parse(url + "/")).isEqualTo(AuthorityEndpoint.parse(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sharedweu.weu.attest.azure.net",
        "http://sharedweu.weu.attest.azure.net",
        "https://attest.azure.net",
        "https://sharedweu.weu.attest.azure.net:443",
        "https://sharedweu.weu.attest.azure.net/attest",
        "https://sharedweu.weu.attest.azure.net.example.com",
        "https://sharedweuattest.azure.net",
        "https://user@sharedweu.weu.attest.azure.net",
        "https://sharedweu..attest.azure.net",
        "https://contoso.vault.azure.net"
      })
  void refusesWhatIsNoProvider(String url) {
    assertThatExceptionOfType(EndpointFormatException.class)
        .isThrownBy(() -> AuthorityEndpoint.parse(url));
  }

  @Test
  void cannotBeMadeOfAnotherHost() {
    assertThatIllegalArgumentException().isThrownBy(() -> new AuthorityEndpoint("example.com"));
  }
}
