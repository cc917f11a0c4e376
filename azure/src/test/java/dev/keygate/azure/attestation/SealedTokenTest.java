package dev.keygate.azure.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.attestation.SealedTokenForge.Parts;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.testing.TestKeys;
import dev.keygate.azure.testing.TokenForge;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTokenTest {

  private static final String JWS =
      TokenForge.sign("{\"alg\":\"RS256\",\"kid\":\"k\"}", "{}", TestKeys.RSA);
  private static final byte[] KEY = new byte[32];

  static {
    Arrays.fill(KEY, (byte) 7);
  }

  private static Parts sealed() {
    return SealedTokenForge.seal(JWS, KEY.clone());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 32})
  void opensWithTheInnerKey(int keyBytes) throws Exception {
    byte[] key = Arrays.copyOf(KEY, keyBytes);
    SealedToken token = SealedToken.parse(SealedTokenForge.seal(JWS, key.clone()).token());

    assertThat(token.open(key).reveal()).isEqualTo(JWS);
    assertThat(key).containsOnly(0);
    assertThat(token.encryptedInnerKey().size()).isEqualTo(256);
  }

  @Test
  void dropsTheSignByteOfTheEncryptedKey() throws Exception {
    Parts parts = sealed();
    SealedToken token = SealedToken.parse(parts.with("EncryptedInnerKey", new byte[257]).token());

    assertThat(token.encryptedInnerKey().size()).isEqualTo(256);
  }

  static Stream<Arguments> doesNotOpenWhatWasChanged() {
    return Stream.of(
        Arguments.of("ciphertext", (UnaryOperator<Parts>) p -> p.flip("Jwt")),
        Arguments.of("tag", (UnaryOperator<Parts>) p -> p.flip("AuthenticationData")),
        Arguments.of("iv", (UnaryOperator<Parts>) p -> p.flip("Iv")),
        Arguments.of(
            "associated data",
            (UnaryOperator<Parts>) p -> SealedTokenForge.seal(JWS, KEY.clone(), "Other Key")),
        Arguments.of(
            "no token inside",
            (UnaryOperator<Parts>) p -> SealedTokenForge.seal("hello", KEY.clone())),
        Arguments.of(
            "unsigned token inside",
            (UnaryOperator<Parts>)
                p ->
                    SealedTokenForge.seal(
                        TokenForge.encode("{\"alg\":\"none\"}") + ".e30.", KEY.clone())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void doesNotOpenWhatWasChanged(String defect, UnaryOperator<Parts> change) throws Exception {
    SealedToken token = SealedToken.parse(change.apply(sealed()).token());
    byte[] key = KEY.clone();

    assertThatExceptionOfType(RefusedException.class)
        .as(defect)
        .isThrownBy(() -> token.open(key))
        .satisfies(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.AttestationTokenInvalid));
    assertThat(key).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, 24, 33})
  void refusesAndZeroesKeysOfAnotherSize(int size) throws Exception {
    SealedToken token = SealedToken.parse(sealed().token());
    byte[] key = new byte[size];
    Arrays.fill(key, (byte) 1);

    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> token.open(key));
    assertThat(key).doesNotContain(1);
  }

  static Stream<Arguments> refusesWhatIsNoSealedToken() {
    Parts good = sealed();
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("no base64url", "***"),
        Arguments.of("padding", good.token() + "="),
        Arguments.of("no object", TokenForge.encode("[]")),
        Arguments.of("a bare token", JWS),
        Arguments.of("no ciphertext", good.without("Jwt").token()),
        Arguments.of("no key", good.without("EncryptedInnerKey").token()),
        Arguments.of("no tag", good.without("AuthenticationData").token()),
        Arguments.of("no parameters", good.without("EncryptionParams").token()),
        Arguments.of("empty ciphertext", good.with("Jwt", new byte[0]).token()),
        Arguments.of("short tag", good.with("AuthenticationData", new byte[12]).token()),
        Arguments.of("long tag", good.with("AuthenticationData", new byte[17]).token()),
        Arguments.of("short iv", good.with("Iv", new byte[8]).token()),
        Arguments.of("long iv", good.with("Iv", new byte[16]).token()),
        Arguments.of("huge key", good.with("EncryptedInnerKey", new byte[600]).token()),
        Arguments.of("too large", "A".repeat((1 << 20) + 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesWhatIsNoSealedToken(String defect, String text) {
    assertThatExceptionOfType(JsonFormatException.class)
        .as(defect)
        .isThrownBy(() -> SealedToken.parse(text));
  }

  @Property(tries = 300)
  void anyTextIsASealedTokenOrMalformed(@ForAll String text, @ForAll byte[] json) {
    for (String candidate : new String[] {text, TokenForge.encode(json)}) {
      try {
        assertThat(SealedToken.parse(candidate)).isNotNull();
      } catch (JsonFormatException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }
  }
}
