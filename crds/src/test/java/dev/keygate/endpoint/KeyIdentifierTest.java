package dev.keygate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyIdentifierTest {

  private static final String VERSION = "0123456789abcdef0123456789abcdef";
  private static final VaultHost VAULT = new VaultHost("contoso.vault.azure.net");

  @Test
  void readsBaseIdentifier() throws EndpointFormatException {
    KeyIdentifier key = KeyIdentifier.parse("https://contoso.vault.azure.net/keys/Orders-1");

    assertThat(key).isEqualTo(KeyIdentifier.of(VAULT, "Orders-1"));
    assertThat(key).hasToString("https://contoso.vault.azure.net/keys/Orders-1");
  }

  @Test
  void readsVersion() throws EndpointFormatException {
    String url = "https://contoso.vault.azure.net/keys/orders/" + VERSION;

    KeyIdentifier key = KeyIdentifier.parse(url);

    assertThat(key.version()).contains(new KeyVersion(VERSION));
    assertThat(key).hasToString(url);
    assertThat(key.base()).isEqualTo(KeyIdentifier.of(VAULT, "orders"));
    assertThat(key.base().at(new KeyVersion(VERSION))).isEqualTo(key);
  }

  @Tag("rival-17")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://contoso.vault.azure.net",
        "https://contoso.vault.azure.net/keys",
        "https://contoso.vault.azure.net/keys/",
        "https://contoso.vault.azure.net//keys/orders",
        "https://contoso.vault.azure.net/secrets/orders",
        "https://contoso.vault.azure.net/keys/or_ders",
        "https://contoso.vault.azure.net/keys/orders/latest",
        "https://contoso.vault.azure.net/keys/orders/0123456789ABCDEF0123456789ABCDEF",
        "https://contoso.vault.azure.net/keys/orders/0123456789abcdef0123456789abcde",
        "https://contoso.vault.azure.net/keys/orders/../../secrets",
        "https://contoso.vault.azure.net/keys/orders?api-version=7.4",
        "https://contoso.vault.azure.net/keys/orders%2f",
        "https://contoso.vault.azure.net:443/keys/orders",
        "https://example.com/keys/orders",
        "https://contoso.vault.azure.net.example.com/keys/orders",
        "http://contoso.vault.azure.net/keys/orders"
      })
  void refusesWhatIsNoKey(String url) {
    assertThatExceptionOfType(EndpointFormatException.class)
        .isThrownBy(() -> KeyIdentifier.parse(url));
  }

  @Test
  void takesNamesOf127CharactersAtMost() {
    assertThat(KeyIdentifier.isName("a".repeat(127))).isTrue();
    assertThat(KeyIdentifier.isName("a".repeat(128))).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> KeyIdentifier.of(VAULT, "a".repeat(128)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0123", "0123456789ABCDEF0123456789abcdef", VERSION + "0", VERSION + "\n"})
  void refusesWhatIsNoVersion(String text) {
    assertThatExceptionOfType(EndpointFormatException.class)
        .isThrownBy(() -> KeyVersion.parse(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyVersion(text));
  }
}
