package dev.keygate.sidecar.keyvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.nonce.Nonce;
import dev.keygate.sidecar.testing.EnvelopeDraft;
import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.sidecar.testing.TestAuthority;
import dev.keygate.sidecar.testing.TestCertificates;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyReleaseHttpClientTest {

  private static final String HOST = "contoso.vault.azure.net";
  private static final String KEY = "https://" + HOST + "/keys/orders";
  private static final Nonce NONCE = new Nonce("N".repeat(43));
  private static final String ENVELOPE =
      EnvelopeDraft.of(KEY, "RSA_AES_KEY_WRAP_256", NONCE.text())
          .sign(TestCertificates.forHost(HOST));

  private final Vault vault = new Vault();
  private final Tokens tokens = new Tokens();
  private final KeyReleaseHttpClient client =
      new KeyReleaseHttpClient(vault, tokens, new FakeTime());

  @Tag("rival-01")
  @Test
  void asksThePinnedVaultAndNobodyElse() throws Exception {
    vault.answers(200, "{\"value\":\"" + ENVELOPE + "\"}");

    release();

    Call call = vault.calls.getFirst();
    assertThat(call.uri().getScheme()).isEqualTo("https");
    assertThat(call.uri().getHost()).isEqualTo(HOST);
    assertThat(call.uri().getPath()).isEqualTo("/keys/orders/release");
    assertThat(tokens.audiences).containsExactly(new Audience("https://vault.azure.net"));
    assertThat(call.headers()).containsEntry("Authorization", "Bearer token-0");
  }

  @Test
  void sendsTokenEncryptionAndNonce() throws Exception {
    vault.answers(200, "{\"value\":\"" + ENVELOPE + "\"}");

    release();

    JsonMembers body = JsonMembers.parse(vault.calls.getFirst().payload().body());
    assertThat(body.text("nonce")).isEqualTo(NONCE.text());
    assertThat(body.text("enc")).isEqualTo("RSA_AES_KEY_WRAP_256");
    assertThat(body.text("target")).isEqualTo(TestAuthority.token("").token().reveal());
  }

  @Test
  void triesOnceMoreWithAFreshTokenWhenOneIsNotAccepted() throws Exception {
    vault.answers(401, "{}");
    vault.answers(200, "{\"value\":\"" + ENVELOPE + "\"}");

    release();

    assertThat(vault.calls)
        .extracting(call -> call.headers().get("Authorization"))
        .containsExactly("Bearer token-0", "Bearer token-1");
    assertThat(tokens.discarded).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | {'error':{'code':'Forbidden','innererror':{'code':'ForbiddenByRbac'}}} |"
            + " NotAuthorized",
        "403 | {'error':{'code':'Forbidden','message':'Target environment attestation does not meet"
            + " key release policy requirements'}} | ReleaseDenied",
        "404 | {'error':{'code':'KeyNotFound'}} | KeyNotFound",
        "429 | {'error':{'code':'Throttled'}} | VaultThrottled",
        "503 | {} | VaultUnavailable",
        "200 | {} | VaultResponseMalformed",
        "200 | {'value':1} | VaultResponseMalformed",
        "200 | [] | VaultResponseMalformed",
        "200 | {'value':'a.b.c'} | EnvelopeInvalid",
        "200 | {'value':''} | EnvelopeInvalid"
      })
  void translatesEveryOtherAnswer(int status, String body, Reason reason) {
    vault.answers(status, body.replace('\'', '"'));

    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(this::release)
        .returns(reason, FailureException::reason);
  }

  @Test
  void givesUpWhenFreshTokensAreNotAcceptedEither() {
    vault.answers(401, "{}");
    vault.answers(401, "{}");

    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(this::release)
        .returns(Reason.VaultUnauthenticated, FailureException::reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://x.managedhsm.azure.net/keys/k"})
  void asksForATokenOfTheVaultsOwnKind(String key) throws Exception {
    vault.answers(200, "{\"value\":\"" + ENVELOPE + "\"}");

    client.release(request(key), TestAuthority.token(""));

    assertThat(tokens.audiences).containsExactly(new Audience("https://managedhsm.azure.net"));
  }

  private ReleaseEnvelope release() throws FailureException, InterruptedException {
    return client.release(request(KEY), TestAuthority.token(""));
  }

  private static ReleaseRequest request(String key) {
    try {
      return new ReleaseRequest(
          KeyIdentifier.parse(key), KeyEncryption.RSA_AES_KEY_WRAP_256, NONCE);
    } catch (EndpointFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Answers in the order in which it was told. */
  private static final class Vault implements Exchange {
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Call> calls = new ArrayList<>();

    void answers(int status, String body) {
      answers.add(
          new Answer(
              KEY,
              status,
              Map.of("content-type", List.of("application/json")),
              Bytes.ofUtf8(body)));
    }

    @Override
    public Answer send(Upstream upstream, Call call) throws UnavailableException {
      calls.add(call);
      return answers.removeFirst();
    }
  }

  /** A new token each time one was discarded. */
  private static final class Tokens implements BearerTokenSource {
    private final List<Audience> audiences = new ArrayList<>();
    private final List<BearerToken> discarded = new ArrayList<>();

    @Override
    public BearerToken token(Audience audience) {
      audiences.add(audience);
      return new BearerToken("token-" + discarded.size(), audience, FakeTime.START);
    }

    @Override
    public void discard(BearerToken refused) {
      discarded.add(refused);
    }
  }
}
