package dev.keygate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultHostTest {

  @Tag("rival-01")
  @Tag("rival-18")
  @ParameterizedTest
  @CsvSource({
    "contoso.vault.azure.net, VAULT, https://vault.azure.net",
    "contoso.managedhsm.azure.net, MANAGED_HSM, https://managedhsm.azure.net",
    "contoso.vault.azure.cn, VAULT, https://vault.azure.cn",
    "contoso.managedhsm.azure.cn, MANAGED_HSM, https://managedhsm.azure.cn",
    "contoso.vault.usgovcloudapi.net, VAULT, https://vault.usgovcloudapi.net",
    "contoso.managedhsm.usgovcloudapi.net, MANAGED_HSM, https://managedhsm.usgovcloudapi.net"
  })
  void knowsKindAndAudienceOfEveryCloud(String hostName, VaultKind kind, String audience)
      throws EndpointFormatException {
    VaultHost vault = VaultHost.parse("https://" + hostName);

    assertThat(vault.kind()).isEqualTo(kind);
    assertThat(vault.audience()).isEqualTo(audience);
    assertThat(vault.url()).hasHost(hostName);
  }

  @Test
  void readsOverCaseAndOneTrailingSlash() throws EndpointFormatException {
    assertThat(VaultHost.parse("HTTPS://Contoso.Vault.Azure.Net/"))
        .isEqualTo(new VaultHost("contoso.vault.azure.net"));
  }

  @Tag("rival-01")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "contoso.vault.azure.net",
        "http://contoso.vault.azure.net",
        "https://vault.azure.net",
        "https://.vault.azure.net",
        "https://a.b.vault.azure.net",
        "https://contoso.vault.azure.net.example.com",
        "https://contosovault.azure.net",
        "https://contoso.vault.azure.org",
        "https://contoso.attest.azure.net",
        "https://contoso.vault.azure.net:443",
        "https://contoso.vault.azure.net//",
        "https://contoso.vault.azure.net/keys",
        "https://contoso.vault.azure.net?x=1",
        "https://contoso.vault.azure.net#x",
        "https://user@contoso.vault.azure.net",
        "https://example.com/@contoso.vault.azure.net",
        "https://example.com\\.vault.azure.net",
        "https://-contoso.vault.azure.net",
        "https://contoso_1.vault.azure.net",
        "https://contoso.vault.azure.net\n",
        " https://contoso.vault.azure.net",
        "https://xn--vault\u0131.vault.azure.net"
      })
  void refusesWhatIsNoVault(String url) {
    assertThatExceptionOfType(EndpointFormatException.class).isThrownBy(() -> VaultHost.parse(url));
  }

  @Test
  void refusesEndlessText() {
    assertThatExceptionOfType(EndpointFormatException.class)
        .isThrownBy(() -> VaultHost.parse("https://" + "a".repeat(100_000) + ".vault.azure.net"))
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(600));
  }

  @Test
  void cannotBeMadeOfAnotherHost() {
    assertThatIllegalArgumentException().isThrownBy(() -> new VaultHost("example.com"));
    assertThatIllegalArgumentException().isThrownBy(() -> new VaultHost("Contoso.vault.azure.net"));
  }
}
