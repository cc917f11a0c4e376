package dev.keygate.azure.identity;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.StatusClass;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.time.TimeSource;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a token endpoint answers: a token, or an OAuth error with Entra's AADSTS number. */
final class TokenAnswers {

  private static final Pattern AADSTS = Pattern.compile("AADSTS[0-9]{1,9}");
  private static final long LIFETIME_LIMIT_SECONDS = 7 * 86_400;

  private final Upstream upstream;
  private final Set<Integer> passing;
  private final TimeSource time;

  /**
   * @param passing the statuses that time may cure here, besides those that are so everywhere
   */
  TokenAnswers(String name, Set<Integer> passing, TimeSource time) {
    this.passing = passing;
    this.upstream = new Upstream(name, Reason.IdentityUnavailable, Reason.IdentityRefused);
    this.time = time;
  }

  Upstream upstream() {
    return upstream;
  }

  BearerToken read(Answer answer, Audience audience) throws FailureException {
    if (StatusClass.isPassing(answer.status()) || passing.contains(answer.status())) {
      throw StatusClass.unavailable(upstream, answer, time.now());
    }
    if (!answer.isSuccess()) {
      throw refused(answer, audience);
    }
    try {
      return token(answer.json(), audience);
    } catch (JsonFormatException malformed) {
      throw new RefusedException(
          Reason.IdentityRefused,
          upstream.name()
              + " at "
              + answer.describe()
              + " without an access token: "
              + malformed.getMessage());
    }
  }

  private BearerToken token(JsonMembers body, Audience audience) throws JsonFormatException {
    String type = body.text("token_type");
    long lifetime = body.number("expires_in");
    if (!type.toLowerCase(Locale.ROOT).equals("bearer")) {
      throw new JsonFormatException("token_type is not Bearer");
    }
    if (lifetime < 1 || lifetime > LIFETIME_LIMIT_SECONDS) {
      throw new JsonFormatException("expires_in is not a lifetime in seconds");
    }
    Instant expiresAt = time.now().plusSeconds(lifetime);
    try {
      return new BearerToken(body.text("access_token"), audience, expiresAt);
    } catch (IllegalArgumentException notToken) {
      throw new JsonFormatException("access_token is not the text of a bearer token");
    }
  }

  private RefusedException refused(Answer answer, Audience audience) {
    String number = aadsts(answer);
    return new RefusedException(
        Reason.IdentityRefused,
        upstream.name()
            + " at "
            + answer.describe()
            + (number.isEmpty() ? "" : ", " + number)
            + ", when asked for a token for "
            + audience.resource()
            + "; "
            + remedy(number));
  }

  private static String aadsts(Answer answer) {
    try {
      Matcher number = AADSTS.matcher(answer.json().optionalText("error_description").orElse(""));
      return number.find() ? number.group() : "";
    } catch (JsonFormatException noOauthError) {
      return "";
    }
  }

  private static String remedy(String number) {
    return switch (number) {
      case "AADSTS70021", "AADSTS700211", "AADSTS700212", "AADSTS700213" ->
          "compare issuer (a trailing slash counts), subject and audience of the federated"
              + " credential with those of the service account's token";
      case "AADSTS700024" -> "the service account's token is expired or the clock is wrong";
      case "AADSTS700016" -> "the client id is not known in that tenant";
      case "AADSTS50001", "AADSTS500011" -> "the tenant does not know that audience";
      default -> "check tenant, client id and which identities are assigned";
    };
  }
}
