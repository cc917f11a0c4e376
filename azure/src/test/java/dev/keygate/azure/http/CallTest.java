package dev.keygate.azure.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "authorization", "AUTHORIZATION"})
  void credentialsDoNotTravelInTheClear(String name) {
    Call call = Call.get(URI.create("http://169.254.169.254/metadata"));

    assertThatIllegalArgumentException().isThrownBy(() -> call.withHeader(name, "Bearer x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/relative",
        "ftp://host/",
        "file:///etc/passwd",
        "https:///path",
        "https://user@host/",
        "https://user:password@host/",
        "https://host/#fragment",
        "mailto:a@b"
      })
  void refusesOtherAddresses(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> Call.get(URI.create(uri)));
  }

  @Test
  void aHeaderHasOneValueWhateverItsCase() {
    Call call =
        Call.get(URI.create("https://host/")).withHeader("Accept", "a").withHeader("accept", "b");

    assertThat(call.headers()).isEqualTo(Map.of("accept", "b"));
  }

  @Test
  void showsNeitherQueryNorHeadersNorPayload() {
    Call call =
        Call.post(URI.create("https://host/path?s3cret=1"), Payload.json("{\"s3cret\":1}"))
            .withHeader("Authorization", "Bearer s3cret");

    assertThat(call.toString()).isEqualTo("POST https://host/path");
    assertThat(call.payload().toString()).doesNotContain("s3cret");
  }

  @Test
  void formFieldsAreEncoded() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("a", "1&b=2");
    fields.put("scope", "https://vault.azure.net/.default");

    assertThat(Payload.form(fields).body().utf8())
        .isEqualTo("a=1%26b%3D2&scope=https%3A%2F%2Fvault.azure.net%2F.default");
  }
}
