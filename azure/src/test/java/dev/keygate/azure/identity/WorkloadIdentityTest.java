package dev.keygate.azure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.azure.testing.LoopbackLab;
import dev.keygate.azure.testing.ScriptedExchange;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadIdentityTest {

  private static final Audience VAULT = new Audience("https://vault.azure.net");
  private static final String TOKEN =
      "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"abc.def\"}";

  private final ScriptedExchange exchange = new ScriptedExchange();
  @TempDir private Path folder;
  private Path file;
  private FederatedIdentity federated;

  @BeforeEach
  void project() throws Exception {
    file = Files.writeString(folder.resolve("token"), "first.assertion\n");
    federated =
        FederatedIdentity.of("https://login.microsoftonline.com/", "tenant-1", "client-1", file);
  }

  private WorkloadIdentity identity() {
    return new WorkloadIdentity(federated, exchange, new FakeTime());
  }

  @Test
  void exchangesTheAssertionForAToken() throws Exception {
    exchange.answer(200, TOKEN);

    BearerToken token = identity().token(VAULT);

    assertThat(token.expiresAt()).isEqualTo(FakeTime.START.plusSeconds(3599));
    assertThat(exchange.onlyCall().uri())
        .isEqualTo(URI.create("https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token"));
    assertThat(exchange.onlyCall().payload().body().utf8().split("&", -1))
        .containsExactlyInAnyOrder(
            "client_id=client-1",
            "grant_type=client_credentials",
            "scope=https%3A%2F%2Fvault.azure.net%2F.default",
            "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
            "client_assertion=first.assertion");
  }

  @Test
  void readsTheFileForEveryExchange() throws Exception {
    exchange.answer(200, TOKEN).answer(200, TOKEN);
    WorkloadIdentity identity = identity();
    identity.token(VAULT);

    Files.writeString(file, "second.assertion");
    identity.token(VAULT);

    assertThat(exchange.calls().getLast().payload().body().utf8())
        .endsWith("client_assertion=second.assertion");
  }

  @Test
  void worksOverTls() throws Exception {
    AtomicReference<String> form = new AtomicReference<>("");
    try (LoopbackLab lab = new LoopbackLab();
        JavaHttpExchange tls = JavaHttpExchange.overTls(lab.network(), Timeouts.REMOTE)) {
      lab.serve(
          "/tenant-1/oauth2/v2.0/token",
          call -> {
            form.set(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            LoopbackLab.respond(call, 200, TOKEN);
          });

      assertThat(new WorkloadIdentity(federated, tls, new FakeTime()).token(VAULT).audience())
          .isEqualTo(VAULT);
    }
    assertThat(form.get()).contains("client_assertion=first.assertion");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"AADSTS70021", "AADSTS700024", "AADSTS700016", "AADSTS500011", "AADSTS90061"})
  void namesEntrasNumber(String number) {
    exchange.answer(
        401,
        "{\"error\":\"invalid_client\",\"error_description\":\""
            + number
            + ": s3cret assertion\"}");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> identity().token(VAULT))
        .satisfies(
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.IdentityRefused);
              assertThat(refused.getMessage())
                  .contains(number, "invalid_client")
                  .doesNotContain("s3cret");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void isUnavailableForWhatTimeMayCure(int status) {
    exchange.answer(status, "{}");

    assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> identity().token(VAULT));
  }

  @Test
  void waitsForTheKubeletToWriteTheFile() throws Exception {
    Files.delete(file);

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> identity().token(VAULT))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.IdentityUnavailable));
    assertThat(exchange.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, (64 << 10) + 1})
  void sendsNoFileThatIsNoToken(int size) throws Exception {
    Files.writeString(file, "x".repeat(size));

    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> identity().token(VAULT));
    assertThat(exchange.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com.evil.test/, HostNotAllowed",
    "https://evil.test/login.microsoftonline.com, HostNotAllowed",
    "https://login.microsoftonline.com:444/, HostNotAllowed",
    "https://user@login.microsoftonline.com/, HostNotAllowed",
    "http://login.microsoftonline.com/, HostNotAllowed",
    "'', HostNotAllowed"
  })
  void theAssertionGoesToAzuresLoginHostsAlone(String authority, Reason reason) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> FederatedIdentity.of(authority, "t", "c", file))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({"t/../x, c", "t?x=1, c", "'', c", "t, 'c d'", "t, ''"})
  void tenantAndClientAreNames(String tenant, String client) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () -> FederatedIdentity.of("https://login.microsoftonline.com/", tenant, client, file))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.SettingsInvalid));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.microsoftonline.us",
        "https://login.chinacloudapi.cn/",
        "https://login.partner.microsoftonline.cn/"
      })
  void knowsTheOtherClouds(String authority) throws Exception {
    assertThat(FederatedIdentity.of(authority, "t", "c", file).authorityHost())
        .startsWith("login.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://vault.azure.net/", "vault.azure.net", "http://vault.azure.net", ""})
  void anAudienceHasOneSpelling(String resource) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Audience(resource));
  }

  @Test
  void aTokenShowsItselfToTheCallAlone() throws Exception {
    exchange.answer(200, TOKEN);

    BearerToken token = identity().token(VAULT);

    assertThat(token.toString()).doesNotContain("abc");
    assertThat(token.authorize(Call.get(URI.create("https://a.vault.azure.net/"))).headers())
        .containsEntry("Authorization", "Bearer abc.def");
  }
}
