package dev.keygate.azure.keyvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.azure.keyvault.VaultReleasePolicy.Mutability;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.azure.testing.LoopbackLab;
import dev.keygate.azure.testing.ScriptedExchange;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyVaultHttpClientTest {

  private static final String VERSION = "0123456789abcdef0123456789abcdef";
  private static final String POLICY = "{\"version\":\"1.0.0\",\"anyOf\":[]}";
  private static final String BUNDLE =
      """
      {"key":{"kid":"https://contoso.vault.azure.net/keys/orders/0123456789abcdef0123456789abcdef",
        "kty":"RSA-HSM","key_ops":["encrypt","decrypt"],"n":"gA","e":"AAEAAQ"},
       "attributes":{"enabled":true,"nbf":1700000000,"exp":1900000000,"created":1800000000,
        "updated":1800000001,"recoverableDays":90,"exportable":true,"hsmPlatform":"2"},
       "tags":{"team":"orders"},
       "release_policy":{"contentType":"application/json; charset=utf-8",
        "data":"eyJ2ZXJzaW9uIjoiMS4wLjAiLCJhbnlPZiI6W119","immutable":false}}""";

  /** Gives the same token until it is discarded. */
  private static final class Tokens implements BearerTokenSource {
    private final List<BearerToken> discarded = new ArrayList<>();
    private final List<Audience> audiences = new ArrayList<>();

    @Override
    public BearerToken token(Audience audience) {
      audiences.add(audience);
      return new BearerToken("t0ken", audience, FakeTime.START.plusSeconds(3600));
    }

    @Override
    public void discard(BearerToken refused) {
      discarded.add(refused);
    }
  }

  private final ScriptedExchange exchange = new ScriptedExchange();
  private final Tokens tokens = new Tokens();
  private final KeyVaultHttpClient client =
      new KeyVaultHttpClient(exchange, tokens, new FakeTime());
  private KeyIdentifier base;
  private KeyIdentifier version;

  @BeforeEach
  void parse() throws Exception {
    base = KeyIdentifier.parse("https://contoso.vault.azure.net/keys/orders");
    version = KeyIdentifier.parse(base + "/" + VERSION);
  }

  private static KeyProperties properties() {
    return new KeyProperties(
        List.of("encrypt"),
        new KeyLifetime(true, Optional.of(Instant.ofEpochSecond(7)), Optional.empty()),
        Map.of("team", "orders"));
  }

  private void assertSent(Call.Method method, String uri, String json) throws Exception {
    Call call = exchange.onlyCall();
    ObjectMapper mapper = new ObjectMapper();
    assertThat(call.method()).isEqualTo(method);
    assertThat(call.uri()).hasToString(uri);
    assertThat(call.headers()).containsEntry("Authorization", "Bearer t0ken");
    assertThat(mapper.readTree(call.payload().body().utf8())).isEqualTo(mapper.readTree(json));
  }

  @Test
  void createsAnExportableKeyUnderItsPolicy() throws Exception {
    exchange.answer(200, BUNDLE);

    VaultKey key =
        client.create(
            version,
            new KeyCreation(
                new KeyShape.Rsa("RSA-HSM", 3072),
                properties(),
                new VaultReleasePolicy(POLICY, Mutability.MUTABLE)));

    assertThat(key.id()).isEqualTo(version);
    assertSent(
        Call.Method.POST,
        "https://contoso.vault.azure.net/keys/orders/create?api-version=7.4",
        """
        {"kty":"RSA-HSM","key_size":3072,"key_ops":["encrypt"],
         "attributes":{"enabled":true,"nbf":7,"exportable":true},"tags":{"team":"orders"},
         "release_policy":{"contentType":"application/json; charset=utf-8",
          "data":"eyJ2ZXJzaW9uIjoiMS4wLjAiLCJhbnlPZiI6W119","immutable":false}}""");
  }

  @Test
  void createsOtherShapes() throws Exception {
    exchange.answer(200, BUNDLE).answer(200, BUNDLE);
    VaultReleasePolicy policy = new VaultReleasePolicy(POLICY, Mutability.IMMUTABLE);

    client.create(base, new KeyCreation(new KeyShape.Ec("EC-HSM", "P-256K"), properties(), policy));
    client.create(
        base,
        new KeyCreation(new KeyShape.Oct("oct-HSM", OptionalInt.of(256)), properties(), policy));

    assertThat(exchange.calls().getFirst().payload().body().utf8())
        .contains("\"crv\":\"P-256K\"", "\"immutable\":true");
    assertThat(exchange.calls().getLast().payload().body().utf8())
        .contains("\"kty\":\"oct-HSM\",\"key_size\":256");
  }

  @Test
  void readsAKey() throws Exception {
    exchange.answer(200, BUNDLE);

    VaultKey key = client.get(base);

    assertThat(key.id()).isEqualTo(version);
    assertThat(key.shape()).isEqualTo(new KeyShape.Rsa("RSA-HSM", 8));
    assertThat(key.properties().operations()).containsExactly("encrypt", "decrypt");
    assertThat(key.properties().tags()).isEqualTo(Map.of("team", "orders"));
    assertThat(key.properties().lifetime().expires())
        .contains(Instant.ofEpochSecond(1_900_000_000));
    assertThat(key.recorded().exportable()).isTrue();
    assertThat(key.recorded().created()).isEqualTo(Instant.ofEpochSecond(1_800_000_000));
    assertThat(key.recorded().releasePolicy())
        .contains(new VaultReleasePolicy(POLICY, Mutability.MUTABLE));
    assertThat(tokens.audiences).containsExactly(new Audience("https://vault.azure.net"));
  }

  @Test
  void readsAKeyThatIsNotExportable() throws Exception {
    exchange.answer(
        200,
        """
        {"key":{"kid":"https://contoso.vault.azure.net/keys/Orders/0123456789abcdef0123456789abcdef",
         "kty":"EC","crv":"P-256","x":"AA","y":"AA"},"attributes":{"enabled":false}}""");

    VaultKey key = client.get(base);

    assertThat(key.shape()).isEqualTo(new KeyShape.Ec("EC", "P-256"));
    assertThat(key.id().name()).isEqualTo("orders");
    assertThat(key.recorded().exportable()).isFalse();
    assertThat(key.recorded().releasePolicy()).isEmpty();
    assertThat(key.properties().lifetime().enabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyJhIjoiw78_In0", "eyJhIjoiw78/In0=", "eyJhIjoiw78_In0="})
  void readsPolicyInEitherAlphabetWithOrWithoutPadding(String data) throws Exception {
    exchange.answer(200, BUNDLE.replace("eyJ2ZXJzaW9uIjoiMS4wLjAiLCJhbnlPZiI6W119", data));

    assertThat(client.get(base).recorded().releasePolicy())
        .contains(new VaultReleasePolicy("{\"a\":\"ÿ?\"}", Mutability.MUTABLE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          contoso.vault.azure.net | fabrikam.vault.azure.net
          keys/orders             | keys/other
          0123456789abcdef0123456789abcdef" | short"
          /0123456789abcdef0123456789abcdef" | "
          "RSA-HSM"               | "QUANTUM"
          "kty":"RSA-HSM",        | ''
          "n":"gA"                | "n":"*"
          "enabled":true          | "enabled":"true"
          "created":1800000000    | "created":99999999999999
          "immutable":false       | "immutable":"no"
          eyJ2ZXJzaW9u            | *
          "tags":{"team":"orders"} | "tags":[]
          "key":{                 | "lock":{
          """)
  void refusesAnswerThatTheApiDoesNotDescribe(String part, String replacement) {
    exchange.answer(200, BUNDLE.replace(part, replacement));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.get(base))
        .satisfies(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.VaultResponseMalformed));
  }

  @Test
  void refusesAnotherVersionThanTheOneAsked() throws Exception {
    exchange.answer(200, BUNDLE);
    KeyIdentifier other = KeyIdentifier.parse(base + "/" + VERSION.replace('0', '1'));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.get(other))
        .satisfies(
            refused -> assertThat(refused.reason()).isEqualTo(Reason.VaultResponseMalformed));
  }

  @Test
  void patchesThePolicyWithoutAVersion() throws Exception {
    exchange.answer(200, BUNDLE);

    client.patchPolicy(version, new VaultReleasePolicy(POLICY, Mutability.MUTABLE));

    assertSent(
        Call.Method.PATCH,
        "https://contoso.vault.azure.net/keys/orders?api-version=7.4",
        """
        {"release_policy":{"contentType":"application/json; charset=utf-8",
         "data":"eyJ2ZXJzaW9uIjoiMS4wLjAiLCJhbnlPZiI6W119","immutable":false}}""");
  }

  @Test
  void updatesNeitherPolicyNorExportable() throws Exception {
    exchange.answer(200, BUNDLE);

    client.update(version, new KeyProperties(List.of(), KeyLifetime.UNLIMITED, Map.of()));

    assertSent(
        Call.Method.PATCH,
        "https://contoso.vault.azure.net/keys/orders/" + VERSION + "?api-version=7.4",
        "{\"attributes\":{\"enabled\":true},\"tags\":{}}");
  }

  @Test
  void listsTheVersionsOfAllPages() throws Exception {
    String item = "{\"kid\":\"" + version + "\",\"attributes\":{\"enabled\":false,\"created\":7}}";
    exchange
        .answer(
            200,
            "{\"value\":["
                + item
                + "],\"nextLink\":\""
                + base.toString().replace("azure.net/", "azure.net:443/")
                + "/versions?api-version=7.4&$skiptoken=x\"}")
        .answer(200, "{\"value\":[" + item + "],\"nextLink\":null}");

    assertThat(client.versions(base))
        .containsExactly(
            new VaultKeyVersion(version, false, Instant.ofEpochSecond(7)),
            new VaultKeyVersion(version, false, Instant.ofEpochSecond(7)));
    assertThat(exchange.calls().getLast().uri().getRawQuery())
        .isEqualTo("api-version=7.4&$skiptoken=x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fabrikam.vault.azure.net/keys/orders/versions",
        "https://contoso.vault.azure.net.evil.test/keys/orders/versions",
        "https://contoso.vault.azure.net@evil.test/keys/orders/versions",
        "https://contoso.vault.azure.net:444/keys/orders/versions",
        "http://contoso.vault.azure.net/keys/orders/versions",
        "https://contoso.vault.azure.net/keys/other/versions",
        "https://contoso.vault.azure.net/keys/orders/versions#x",
        "/keys/orders/versions",
        "a b"
      })
  void theTokenFollowsNoLinkOutOfTheList(String link) {
    exchange.answer(200, "{\"value\":[],\"nextLink\":\"" + link + "\"}");

    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> client.versions(base));
    assertThat(exchange.calls()).hasSize(1);
  }

  @Test
  void endsAListThatNeverEnds() {
    for (int page = 0; page < 100; page++) {
      exchange.answer(200, "{\"value\":[],\"nextLink\":\"" + base + "/versions?p=1\"}");
    }

    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> client.versions(base));
  }

  @Test
  void readsAndRecoversADeletedKey() throws Exception {
    exchange
        .answer(
            200,
            "{\"recoveryId\":\"x\",\"deletedDate\":7,\"scheduledPurgeDate\":8,"
                + BUNDLE.substring(1))
        .answer(200, BUNDLE);

    assertThat(client.getDeleted(version))
        .isEqualTo(
            new DeletedKey(
                base,
                Optional.of(Instant.ofEpochSecond(7)),
                Optional.of(Instant.ofEpochSecond(8)),
                Map.of("team", "orders")));
    client.recover(version);

    assertThat(exchange.calls().getFirst().uri())
        .hasToString("https://contoso.vault.azure.net/deletedkeys/orders?api-version=7.4");
    assertThat(exchange.calls().getLast().toString())
        .isEqualTo("POST https://contoso.vault.azure.net/deletedkeys/orders/recover");
  }

  @Test
  void softDeletesTheKey() throws Exception {
    exchange.answer(200, BUNDLE);

    client.softDelete(version);

    assertThat(exchange.onlyCall().toString())
        .isEqualTo("DELETE https://contoso.vault.azure.net/keys/orders");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>",
        "",
        "{}",
        "{\"key\":{}}",
        "{\"key\":{\"kid\":\"https://contoso.vault.azure.net/keys/others/0123456789abcdef\"}}"
      })
  void takesNoSuccessThatIsNotAboutTheKeyForDone(String body) {
    exchange.answer(200, body).answer(200, body);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.softDelete(version))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.VaultResponseMalformed));
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.recover(version))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.VaultResponseMalformed));
  }

  @Test
  void discardsATokenThatTheVaultRefuses() {
    exchange.answer(401, "{\"error\":{\"code\":\"Unauthorized\"}}");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.get(base))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.VaultUnauthenticated));
    assertThat(tokens.discarded).hasSize(1);
  }

  @Test
  void keepsATokenThatTheVaultAccepts() {
    exchange.answer(403, "{\"error\":{\"code\":\"Forbidden\"}}");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> client.get(base))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.NotAuthorized));
    assertThat(tokens.discarded).isEmpty();
  }

  @Test
  void asksForATokenOfTheManagedHsm() throws Exception {
    KeyIdentifier hsm = KeyIdentifier.parse("https://contoso.managedhsm.azure.net/keys/orders");
    exchange.answer(200, BUNDLE.replace("vault.azure", "managedhsm.azure"));

    assertThat(client.get(hsm).id().base()).isEqualTo(hsm);
    assertThat(tokens.audiences).containsExactly(new Audience("https://managedhsm.azure.net"));
  }

  @Test
  void worksOverTls() throws Exception {
    AtomicReference<String> authorization = new AtomicReference<>("");
    try (LoopbackLab lab = new LoopbackLab();
        JavaHttpExchange tls = JavaHttpExchange.overTls(lab.network(), Timeouts.REMOTE)) {
      lab.serve(
          "/keys/orders",
          call -> {
            authorization.set(call.getRequestHeaders().getFirst("Authorization"));
            LoopbackLab.respond(call, 200, BUNDLE);
          });

      assertThat(new KeyVaultHttpClient(tls, tokens, new FakeTime()).get(base).id())
          .isEqualTo(version);
      assertThat(lab.tunnels()).containsExactly("contoso.vault.azure.net:443");
    }
    assertThat(authorization.get()).isEqualTo("Bearer t0ken");
  }
}
