package dev.keygate.emulator.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {

  private static final byte[] OCTETS = {(byte) 0xFB, (byte) 0xEF, (byte) 0xFF, 1};

  @Tag("azure-06")
  @Tag("azure-10")
  @ParameterizedTest
  @ValueSource(
      strings = {"++//AQ==", "--__AQ==", "--__AQ", "+-/_AQ=", "--\r\n__\nAQ\r\n", "--__A\nQ=\n="})
  void readsEitherAlphabetWithOrWithoutPaddingAndLines(String text) throws Exception {
    assertThat(Base64Text.decode(text)).isEqualTo(OCTETS);
  }

  @Test
  void readsNothing() throws Exception {
    assertThat(Base64Text.decode("")).isEmpty();
    assertThat(Base64Text.decode("==")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "AAAAA", "A=A=", "A A=", "AA%3D", "\u0141AAA", "AAA\u00c1", "AA\tA"})
  void refusesWhatIsNoBase64(String text) {
    assertThatThrownBy(() -> Base64Text.decode(text)).isInstanceOf(MalformedTextException.class);
  }
}
