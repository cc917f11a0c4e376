package dev.keygate.emulator.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class JwsMemoryTest {

  private static KeyPair signer;
  private static KeyPair stranger;

  private final JwsMemory memory = new JwsMemory();

  @BeforeAll
  static void makeKeys() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    signer = generator.generateKeyPair();
    stranger = generator.generateKeyPair();
  }

  @Test
  void findsATokenAgain() throws MalformedTextException {
    String token = token("a");

    assertThat(memory.parse(token)).isSameAs(memory.parse(token));
    assertThat(memory.parse(token("b")).unverifiedClaims().path("sub").asText()).isEqualTo("b");
  }

  @Test
  void believesARememberedTokenNoMoreThanAnotherOne() throws MalformedTextException {
    String token = token("a");
    assertThat(memory.parse(token).isSignedBy(signer.getPublic())).isTrue();

    assertThat(memory.parse(token).isSignedBy(stranger.getPublic())).isFalse();
    assertThat(memory.parse(token).isSignedBy(signer.getPublic())).isTrue();
  }

  @Test
  void believesNoTokenWhoseSignatureIsThatOfAnother() throws MalformedTextException {
    String token = token("a");
    String other = token("b");
    assertThat(memory.parse(token).isSignedBy(signer.getPublic())).isTrue();

    String mixed =
        other.substring(0, other.lastIndexOf('.')) + token.substring(token.lastIndexOf('.'));

    assertThat(memory.parse(mixed).isSignedBy(signer.getPublic())).isFalse();
  }

  @Test
  void forgetsTheOldestOfTooMany() throws MalformedTextException {
    String first = token("first");
    CompactJws parsed = memory.parse(first);
    for (int number = 0; number < 128; number++) {
      memory.parse(first.replaceFirst("\\.[^.]*$", "." + "AAAA".repeat(number + 1)));
    }

    assertThat(memory.parse(first)).isNotSameAs(parsed);
  }

  @Test
  void remembersNothingLarge() throws MalformedTextException {
    String large = token("x".repeat(17_000));

    assertThat(memory.parse(large)).isNotSameAs(memory.parse(large));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a.b", "e30.e30", "e30.e30.e30.e30", "e30.%.", "AA.e30."})
  void refusesWhatIsNoTokenEachTime(String text) {
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> memory.parse(text)).isInstanceOf(MalformedTextException.class);
    }
  }

  private static String token(String subject) {
    return CompactJws.sign(
        Json.object().put("alg", "RS256"), Json.object().put("sub", subject), signer.getPrivate());
  }
}
