package dev.keygate.sidecar.keyvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.jose.JwsRefusedException;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.nonce.Nonce;
import dev.keygate.sidecar.testing.EnvelopeDraft;
import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.sidecar.testing.Jws;
import dev.keygate.sidecar.testing.Keys;
import dev.keygate.sidecar.testing.TestCertificates;
import dev.keygate.sidecar.unwrap.AnnouncedKey;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeVerifierTest {

  private static final String HOST = "contoso.vault.azure.net";
  private static final String KEY = "https://" + HOST + "/keys/orders";
  private static final String OTHER_VERSION = "fedcba9876543210fedcba9876543210";
  private static final String ENC = "RSA_AES_KEY_WRAP_256";
  private static final Nonce NONCE = new Nonce("A".repeat(43));
  private static final TestCertificates CERTIFICATES = TestCertificates.forHost(HOST);

  private final EnvelopeVerifier verifier = new EnvelopeVerifier(CERTIFICATES.roots());

  @ParameterizedTest
  @ValueSource(strings = {"", "/" + EnvelopeDraft.VERSION})
  void believesTheVaultsAnswerToThisRequest(String version) throws Exception {
    String key = KEY + version;
    EnvelopeDraft draft = EnvelopeDraft.of(key, ENC, NONCE.text());

    VerifiedEnvelope verified =
        verifier.verify(envelope(draft.sign(CERTIFICATES)), request(key), FakeTime.START);

    assertThat(verified.key().identifier()).hasToString(KEY + "/" + EnvelopeDraft.VERSION);
    assertThat(verified.key().operations()).containsExactly("encrypt", "decrypt");
    assertThat(verified.key().announced())
        .isInstanceOfSatisfying(
            AnnouncedKey.Rsa.class, rsa -> assertThat(rsa.exponent().hex()).isEqualTo("010001"));
    assertThat(verified.wrappedKey().encryption()).isEqualTo(KeyEncryption.RSA_AES_KEY_WRAP_256);
  }

  static Stream<Arguments> defects() {
    EnvelopeDraft good = draft();
    return Stream.of(
        defect(
            "a request for another key",
            EnvelopeCheck.REQUESTED_KEY,
            good.withRequestKid("https://" + HOST + "/keys/other")),
        defect(
            "a request for another version",
            EnvelopeCheck.REQUESTED_KEY,
            good.withRequestKid(KEY + "/" + EnvelopeDraft.VERSION)),
        defect(
            "a request to another vault",
            EnvelopeCheck.REQUESTED_KEY,
            good.withRequestKid("https://evil.vault.azure.net/keys/orders")),
        defect(
            "a request with a strange identifier",
            EnvelopeCheck.REQUESTED_KEY,
            good.withRequestKid("orders")),
        defect("no nonce", EnvelopeCheck.NONCE, good.withRequestNonce("")),
        defect("an empty nonce", EnvelopeCheck.NONCE, good.withRequestNonce(",\"nonce\":\"\"")),
        defect(
            "the nonce of another request",
            EnvelopeCheck.NONCE,
            good.withRequestNonce(",\"nonce\":\"" + "B".repeat(43) + "\"")),
        defect(
            "another encryption",
            EnvelopeCheck.ENCRYPTION,
            good.withRequestEnc("CKM_RSA_AES_KEY_WRAP")),
        defect(
            "another key",
            EnvelopeCheck.RELEASED_KEY,
            good.withResponseKid("https://" + HOST + "/keys/other/" + EnvelopeDraft.VERSION)),
        defect(
            "another vault's key",
            EnvelopeCheck.RELEASED_KEY,
            good.withResponseKid(
                "https://evil.vault.azure.net/keys/orders/" + EnvelopeDraft.VERSION)),
        defect("a key without a version", EnvelopeCheck.RELEASED_KEY, good.withResponseKid(KEY)),
        defect(
            "an unknown key type",
            EnvelopeCheck.RELEASED_TYPE,
            good.withPublicKey("\"kty\":\"OKP\"")),
        defect(
            "a small RSA key",
            EnvelopeCheck.RELEASED_TYPE,
            good.withPublicKey("\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"")),
        defect(
            "an unknown curve",
            EnvelopeCheck.RELEASED_TYPE,
            good.withPublicKey("\"kty\":\"EC\",\"crv\":\"X\",\"x\":\"AQ\",\"y\":\"AQ\"")),
        defect(
            "a coordinate that is too long",
            EnvelopeCheck.RELEASED_TYPE,
            good.withPublicKey(
                "\"kty\":\"EC\",\"crv\":\"P-256\",\"y\":\"AQ\",\"x\":\""
                    + Jws.base64Url("x".repeat(33))
                    + "\"")),
        defect("no public half", EnvelopeCheck.FORMAT, good.withPublicKey("\"kty\":\"RSA-HSM\"")),
        defect(
            "a wrapped key that says it is wrapped otherwise",
            EnvelopeCheck.WRAPPED_KEY,
            good.withKeyHsm(EnvelopeDraft.keyHsm("CKM_RSA_AES_KEY_WRAP", Keys.TARGET))));
  }

  private static Arguments defect(String name, EnvelopeCheck check, EnvelopeDraft draft) {
    return Arguments.of(name, check, draft);
  }

  @Tag("rival-14")
  @ParameterizedTest(name = "{0}")
  @MethodSource("defects")
  void refuses(String name, EnvelopeCheck check, EnvelopeDraft draft) {
    refuses(check, draft.sign(CERTIFICATES), name);
  }

  @Test
  void refusesAChainToAnotherRoot() {
    refuses(
        EnvelopeCheck.CHAIN,
        draft().sign(TestCertificates.underAnotherRoot(HOST)),
        "another root, though the envelope brings it along");
  }

  @Test
  void refusesACertificateForAnotherHost() {
    for (String host : new String[] {"evil.vault.azure.net", "vault.azure.net", "*.azure.net"}) {
      TestCertificates same = TestCertificates.forHost(host);
      EnvelopeVerifier trusting = new EnvelopeVerifier(same.roots());
      assertCheck(EnvelopeCheck.HOST, trusting, draft().sign(same), host);
    }
  }

  @Test
  void refusesCertificatesThatAreNotInForce() {
    for (int days : new int[] {-10, 10}) {
      TestCertificates old =
          TestCertificates.forHost(HOST, FakeTime.START.plus(Duration.ofDays(days)));
      assertCheck(
          EnvelopeCheck.CHAIN,
          new EnvelopeVerifier(old.roots()),
          draft().sign(old),
          days + " days");
    }
  }

  @Test
  void refusesASignatureOfAnotherKeyThanTheLeafs() {
    refuses(
        EnvelopeCheck.SIGNATURE,
        draft().sign(CERTIFICATES, CERTIFICATES.rootKey()),
        "signed by the root's key");
  }

  @Test
  void refusesAChangedPayload() {
    String[] parts = draft().sign(CERTIFICATES).split("\\.", -1);
    String other = Jws.base64Url(draft().withResponseKid(KEY + "/" + OTHER_VERSION).payload());
    refuses(EnvelopeCheck.SIGNATURE, parts[0] + "." + other + "." + parts[2], "changed payload");
  }

  @Tag("rival-14")
  @Test
  void refusesAnotherVersionThanWasAsked() {
    String asked = KEY + "/" + OTHER_VERSION;
    EnvelopeDraft draft =
        EnvelopeDraft.of(asked, ENC, NONCE.text())
            .withResponseKid(KEY + "/" + EnvelopeDraft.VERSION);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () ->
                verifier.verify(envelope(draft.sign(CERTIFICATES)), request(asked), FakeTime.START))
        .havingCause()
        .isInstanceOfSatisfying(
            EnvelopeRefusedException.class,
            refused -> assertThat(refused.check()).isEqualTo(EnvelopeCheck.RELEASED_KEY));
  }

  @Test
  void refusesAPayloadWithoutItsParts() {
    for (String payload : new String[] {"{}", "{\"request\":{}}", "{\"request\":[]}"}) {
      String header = "{\"alg\":\"RS256\",\"x5c\":" + CERTIFICATES.x5c() + "}";
      refuses(
          EnvelopeCheck.FORMAT,
          Jws.sign(header, payload, CERTIFICATES.leafKey().getPrivate()),
          payload);
    }
  }

  @Tag("rival-16")
  @Test
  void refusesAnEnvelopeWithoutCertificates() {
    refuses(
        EnvelopeCheck.FORMAT,
        Jws.sign("{\"alg\":\"RS256\"}", draft().payload(), CERTIFICATES.leafKey().getPrivate()),
        "no x5c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "RS512", "PS256", "HS256", "rs256", ""})
  void refusesOtherAlgorithmsBeforeAnythingElse(String alg) {
    String header = "{\"alg\":\"" + alg + "\",\"x5c\":" + CERTIFICATES.x5c() + "}";

    assertThatExceptionOfType(JwsRefusedException.class)
        .isThrownBy(
            () ->
                envelope(Jws.sign(header, draft().payload(), CERTIFICATES.leafKey().getPrivate())));
  }

  @Tag("rival-16")
  @Test
  void neverFailsOtherwiseThanByRefusal() throws Exception {
    String good = draft().sign(CERTIFICATES);
    for (int i = 0; i < good.length(); i += 97) {
      char other = good.charAt(i) == 'A' ? 'B' : 'A';
      String damaged = good.substring(0, i) + other + good.substring(i + 1);
      try {
        verifier.verify(envelope(damaged), request(KEY), FakeTime.START);
      } catch (RefusedException | JwsRefusedException refused) {
        continue;
      }
      // The x5c of the root may change: it counts for nothing.
      assertThat(i).isLessThan(good.indexOf('.'));
    }
  }

  private void refuses(EnvelopeCheck check, String envelope, String name) {
    assertCheck(check, verifier, envelope, name);
  }

  private static void assertCheck(
      EnvelopeCheck check, EnvelopeVerifier verifier, String envelope, String name) {
    assertThatExceptionOfType(RefusedException.class)
        .as(name)
        .isThrownBy(() -> verifier.verify(envelope(envelope), request(KEY), FakeTime.START))
        .returns(Reason.EnvelopeInvalid, RefusedException::reason)
        .havingCause()
        .isInstanceOfSatisfying(
            EnvelopeRefusedException.class,
            refused -> assertThat(refused.check()).as(name).isEqualTo(check));
  }

  private static EnvelopeDraft draft() {
    return EnvelopeDraft.of(KEY, ENC, NONCE.text());
  }

  private static ReleaseEnvelope envelope(String value) throws JwsRefusedException {
    return ReleaseEnvelope.parse(value, "request-1");
  }

  private static ReleaseRequest request(String key) {
    try {
      return new ReleaseRequest(
          KeyIdentifier.parse(key), KeyEncryption.RSA_AES_KEY_WRAP_256, NONCE);
    } catch (EndpointFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
