package dev.keygate.azure.jose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {

  @ParameterizedTest
  @CsvSource({
    "contoso.vault.azure.net, contoso.vault.azure.net",
    "CONTOSO.vault.azure.NET, contoso.vault.azure.net",
    "*.vault.azure.net, contoso.vault.azure.net"
  })
  void matchesTheNameOrOneLabel(String pattern, String host) {
    assertThat(HostNames.matches(pattern, host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "*.vault.azure.net, vault.azure.net",
    "*.vault.azure.net, .vault.azure.net",
    "*.vault.azure.net, a.b.vault.azure.net",
    "*.vault.azure.net, contoso.vault.azure.net.evil.test",
    "*.vault.azure.net, contosoxvault.azure.net",
    "c*.vault.azure.net, contoso.vault.azure.net",
    "*, contoso",
    "*.net, azure.net",
    "*., contoso.",
    "'', ''",
    "contoso.vault.azure.net., contoso.vault.azure.net",
    "contoso.*.azure.net, contoso.vault.azure.net"
  })
  void matchesNothingElse(String pattern, String host) {
    assertThat(HostNames.matches(pattern, host)).isFalse();
  }
}
