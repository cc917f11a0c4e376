package dev.keygate.api.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.endpoint.EndpointFormatException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyAddressTest {

  @Test
  void takesTheObjectsNameUnlessTheSpecGivesOne() throws Exception {
    assertThat(KeyAddress.of("orders", spec("https://contoso.vault.azure.net/", "null")))
        .hasToString("https://contoso.vault.azure.net/keys/orders");
    assertThat(KeyAddress.of("orders", spec("https://contoso.vault.azure.net", "\"Orders2019\"")))
        .hasToString("https://contoso.vault.azure.net/keys/Orders2019");
  }

  @ParameterizedTest
  @CsvSource({
    "http://contoso.vault.azure.net, orders",
    "https://contoso.example.com, orders",
    "https://contoso.vault.azure.net/keys, orders",
    "https://contoso.vault.azure.net, orders.v2",
    "https://contoso.vault.azure.net, ''",
    "https://contoso.vault.azure.net, orders/latest",
  })
  void refusesWhatIsNoKeyOfAVault(String vault, String objectName) throws IOException {
    ExportableKeySpec spec = spec(vault, "null");

    assertThatThrownBy(() -> KeyAddress.of(objectName, spec))
        .isInstanceOf(EndpointFormatException.class);
  }

  private static ExportableKeySpec spec(String vault, String keyName) throws IOException {
    return new ObjectMapper()
        .readValue(
            "{\"vault\":{\"url\":\"%s\"},\"keyName\":%s,\"keyType\":\"RSA-HSM\"}"
                .formatted(vault, keyName),
            ExportableKeySpec.class);
  }
}
