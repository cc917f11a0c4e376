package dev.keygate.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.testing.LoopbackLab;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AzureNetworkTest {

  private static final InetSocketAddress PROXY =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8443);
  private static final URI IMDS = URI.create("http://127.0.0.1:8080");

  @TempDir private Path folder;

  private Path file(String content) throws Exception {
    return Files.writeString(folder.resolve("roots.pem"), content);
  }

  private static void assertInvalid(Path roots, URI imds) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> AzureNetwork.lab(roots, PROXY, imds))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.SettingsInvalid));
  }

  @Test
  void aLabIsTrustedForItsOwnRootsAlone() throws Exception {
    AzureNetwork lab = AzureNetwork.lab(file(LoopbackLab.rootPem()), PROXY, IMDS);

    assertThat(lab.tlsRoots().certificates()).hasSize(1);
    assertThat(lab.imdsBase()).isEqualTo(IMDS);
  }

  @Test
  void azureItselfIsTrustedForTheRuntimesRoots() throws Exception {
    AzureNetwork azure = AzureNetwork.publicAzure(Map.of());

    assertThat(azure.tlsRoots().certificates()).hasSizeGreaterThan(20);
    assertThat(azure.imdsBase()).isEqualTo(URI.create("http://169.254.169.254"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
      })
  void refusesRootsThatAreNone(String content) throws Exception {
    assertInvalid(file(content), IMDS);
  }

  @Test
  void refusesRootsThatCannotBeRead() {
    assertInvalid(folder.resolve("absent.pem"), IMDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:8080",
        "http://localhost:8080",
        "http://metadata.test",
        "http://127.0.0.1/path",
        "127.0.0.1:8080"
      })
  void refusesMetadataServiceWhoseNameNeedsLookingUp(String imds) throws Exception {
    String uri = imds.startsWith("1") ? "mailto:" + imds : imds;
    assertInvalid(file(LoopbackLab.rootPem()), URI.create(uri));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://contoso.vault.azure.net        | ''                   | true
          https://contoso.vault.azure.net        | vault.azure.net      | false
          https://contoso.vault.azure.net        | .vault.azure.net     | false
          https://contoso.vault.azure.net        | *.azure.net, 10.0.0.0/8 | false
          https://contoso.vault.azure.net        | *                    | false
          https://contoso.vault.azure.net        | ault.azure.net       | true
          https://login.microsoftonline.com      | .vault.azure.net     | true
          """)
  void theEnvironmentNamesTheProxy(String uri, String noProxy, boolean proxied) throws Exception {
    ProxySelector selector =
        AzureNetwork.publicAzure(
                Map.of("HTTPS_PROXY", "http://proxy.corp.test:3128", "no_proxy", noProxy))
            .proxies();

    assertThat(selector.select(URI.create(uri)).getFirst().type() == Proxy.Type.HTTP)
        .isEqualTo(proxied);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:password@proxy.test:3128",
        "https://proxy.test:3128",
        "proxy.test",
        "socks5://proxy.test:1080",
        "http://proxy.test:99999"
      })
  void refusesProxyOfAnotherForm(String proxy) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> AzureNetwork.publicAzure(Map.of("HTTPS_PROXY", proxy)))
        .satisfies(
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.SettingsInvalid);
              assertThat(refused.getMessage()).doesNotContain("password");
            });
  }
}
