package dev.keygate.azure.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.azure.testing.ScriptedExchange;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultErrorsTest {

  private static FailureException translate(int status, String json) {
    return VaultErrors.translate(ScriptedExchange.json(status, json, Map.of()), FakeTime.START);
  }

  private static String error(String code, String inner, String message) {
    return "{\"error\":{\"code\":\""
        + code
        + "\",\"message\":\""
        + message
        + "\",\"innererror\":{\"code\":\""
        + inner
        + "\"}}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Unauthorized | -                             | AKV10000: Request is missing a Bearer token.                            | VaultUnauthenticated
          403 | Forbidden    | ForbiddenByRbac               | Caller is not authorized to perform action on resource.                 | NotAuthorized
          403 | Forbidden    | ForbiddenByPolicy             | The user does not have keys release permission on key vault 'a'.        | NotAuthorized
          403 | Forbidden    | AccessDenied                  | The user does not have keys release permission on key vault 'a'.        | NotAuthorized
          403 | Forbidden    | ForbiddenByFirewall           | Client address (1.2.3.4) is not authorized                              | NetworkNotAllowed
          403 | Forbidden    | ForbiddenByConnection         | Public network access is disabled                                       | NetworkNotAllowed
          403 | Forbidden    | AccessDenied                  | Target environment attestation statement cannot be verified.            | StatementNotVerified
          403 | Forbidden    | AccessDenied                  | Target environment attestation does not meet key release policy requirements. | ReleaseDenied
          403 | Forbidden    | -                             | Target environment attestation does not meet key release policy requirements (Activity ID: 1) | ReleaseDenied
          403 | Forbidden    | KeyDisabled                   | whatever                                                                | KeyDisabled
          403 | Forbidden    | -                             | Operation release is not allowed on a disabled key.                     | KeyDisabled
          403 | Forbidden    | KeyNotYetValidOrExpired       | Operation encrypt is not allowed on an expired key                      | VaultRefused
          403 | Forbidden    | -                             | Hardware key operation not allowed on standard vault                    | VaultRefused
          404 | KeyNotFound  | -                             | A key with (name/id) orders was not found in this key vault.            | KeyNotFound
          404 | KeyNotFound  | -                             | Key not found: orders (Activity ID: 1)                                  | KeyNotFound
          409 | Conflict     | ObjectIsDeletedButRecoverable | Key orders is currently in a deleted but recoverable state              | KeySoftDeleted
          409 | Conflict     | ObjectIsDeletedButRecoverable | -                                                                       | KeySoftDeleted
          409 | Conflict     | -                             | in a deleted but recoverable state, and its name cannot be reused       | KeySoftDeleted
          409 | Conflict     | ObjectIsBeingDeleted          | Key orders is currently being deleted.                                  | VaultUnavailable
          409 | Conflict     | ObjectIsBeingRecovered        | -                                                                       | VaultUnavailable
          400 | BadParameter | -                             | AKV.SKR.1001: The exportable attribute can only be set with premium vaults | VaultRefused
          400 | BadParameter | -                             | AKV.SKR.1003: x                                                         | KeyNotExportable
          400 | BadParameter | -                             | AKV.SKR.1004: Exportable keys must have release policy.                 | VaultRefused
          400 | BadParameter | -                             | AKV.SKR.1005: Non-exportable keys must not have release policy.         | KeyNotExportable
          400 | BadParameter | -                             | Non-exportable keys must not have release policy. (Activity ID: 1)      | KeyNotExportable
          400 | BadParameter | -                             | AKV.SKR.1006: x                                                         | VaultRefused
          400 | BadParameter | -                             | AKV.SKR.1014: Cannot modify the exportable state of a key               | KeyNotExportable
          400 | BadParameter | -                             | Cannot modify the exportable state of a key (Activity ID: 1)            | KeyNotExportable
          400 | BadParameter | -                             | AKV.SKR.1016: Key Release Policy can only be set on versionless key     | VaultRefused
          400 | BadParameter | -                             | AKV.SKR.1020: Immutable Key Release Policy cannot be modified.          | PolicyImmutable
          400 | BadParameter | -                             | Immutable Key Release Policy cannot be modified. (Activity ID: 1)       | PolicyImmutable
          400 | BadParameter | -                             | AKV.SKR.1999: something new                                             | VaultRefused
          400 | BadParameter | -                             | -                                                                       | VaultRefused
          429 | Throttled    | -                             | -                                                                       | VaultThrottled
          408 | x            | -                             | -                                                                       | VaultUnavailable
          500 | InternalServerError | -                      | -                                                                       | VaultUnavailable
          503 | x            | -                             | -                                                                       | VaultUnavailable
          418 | x            | -                             | -                                                                       | VaultRefused
          """)
  void everyErrorHasItsReason(
      int status, String code, String inner, String message, Reason reason) {
    assertThat(translate(status, error(code, inner, message)).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "401, VaultUnauthenticated",
    "403, NotAuthorized",
    "404, VaultUnavailable",
    "409, VaultUnavailable",
    "400, VaultRefused",
    "429, VaultThrottled",
    "502, VaultUnavailable"
  })
  void theStatusDecidesWhereTheBodySaysNothing(int status, Reason reason) {
    for (String body : List.of("", "<html>", "[]", "{}", "{\"error\":\"x\"}", "{\"error\":{}}")) {
      assertThat(translate(status, body).reason()).isEqualTo(reason);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500})
  void aSentenceOfAnotherStatusMeansNothing(int status) {
    String body = error("x", "x", "Target environment attestation statement cannot be verified.");

    assertThat(translate(status, body).reason()).isNotEqualTo(Reason.StatementNotVerified);
  }

  @Test
  void aThrottledCallerLearnsHowLongToWait() {
    FailureException failure =
        VaultErrors.translate(
            ScriptedExchange.json(429, "{}", Map.of("Retry-After", "12")), FakeTime.START);

    assertThat(((UnavailableException) failure).retryAfter()).contains(Duration.ofSeconds(12));
  }

  @Test
  void theMessageNamesAddressStatusCodesAndRequestButNoText() {
    Answer answer =
        ScriptedExchange.json(
            400,
            error("BadParameter", "Inner", "AKV.SKR.1020: s3cret"),
            Map.of("x-ms-request-id", "req-1"));

    assertThat(VaultErrors.translate(answer, FakeTime.START).getMessage())
        .contains("https://service.test/path", "400", "BadParameter/Inner", "AKV.SKR.1020", "req-1")
        .doesNotContain("s3cret");
  }

  @Property(tries = 300)
  void anyAnswerHasAReason(
      @ForAll @IntRange(min = 400, max = 599) int status, @ForAll byte[] body) {
    Answer answer = new Answer("https://host/", status, Map.of(), Bytes.copyOf(body));

    assertThat(VaultErrors.translate(answer, FakeTime.START).reason()).isNotNull();
  }
}
