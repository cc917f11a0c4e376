package dev.keygate.sidecar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search finds what is planted, or else finding nothing would say nothing. */
class CanarySearchTest {

  private static final int MOST_BEFORE = 7;

  private final byte[] secret = new byte[32];
  private final CanarySearch search;

  CanarySearchTest() {
    new Random(6).nextBytes(secret);
    this.search = new CanarySearch().secret("key", secret);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, MOST_BEFORE})
  void findsAPlantedSecretInEveryEncodingAtEveryAlignment(int before) {
    byte[] planted = planted(before, secret);
    String hex = HexFormat.of().formatHex(planted);

    assertThat(search.find(planted)).containsExactly("key as it is");
    assertThat(search.find(ascii(hex))).containsExactly("key in hexadecimal");
    assertThat(search.find(ascii(hex.toUpperCase(Locale.ROOT))))
        .containsExactly("key in upper-case hexadecimal");
    assertThat(search.find(Base64.getEncoder().encode(planted))).contains("key in base64");
    assertThat(search.find(Base64.getUrlEncoder().encode(planted))).contains("key in base64url");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20})
  void findsPartOfASecret(int from) {
    byte[] part = Arrays.copyOfRange(secret, from, from + 12);

    assertThat(search.find(planted(3, part))).containsExactly("key as it is");
  }

  @Test
  void findsNothingWhereNothingIs() {
    byte[] noise = new byte[1 << 20];
    new Random(7).nextBytes(noise);

    assertThat(search.find(noise)).isEmpty();
    assertThat(search.find(Base64.getEncoder().encode(noise))).isEmpty();
    assertThat(search.find(new byte[0])).isEmpty();
  }

  @Test
  void refusesASecretThatChanceCouldMake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CanarySearch().secret("key", new byte[11]));
  }

  private static byte[] planted(int before, byte[] secret) {
    ByteArrayOutputStream planted = new ByteArrayOutputStream();
    planted.writeBytes(ascii("x".repeat(before)));
    planted.writeBytes(secret);
    planted.writeBytes(ascii("yyyy"));
    return planted.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
