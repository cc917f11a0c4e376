package dev.keygate.azure.keyvault;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a vault's error that have a meaning.
 *
 * @param status the HTTP status
 * @param codes the two codes of the body and the number of secure key release, where given
 * @param sentence the message in lower case, to be compared and never shown
 */
record VaultError(int status, Set<String> codes, String sentence) {

  private static final Pattern SKR_NUMBER = Pattern.compile("AKV\\.SKR\\.[0-9]{4}");

  VaultError {
    codes = Set.copyOf(codes);
  }

  /** Whatever the body is: one that says nothing gives no codes and an empty sentence. */
  static VaultError of(Answer answer) {
    Set<String> codes = new HashSet<>();
    String message = "";
    try {
      JsonMembers error = JsonMembers.parse(answer.body()).members("error");
      error.optionalText("code").ifPresent(codes::add);
      Optional<JsonMembers> inner = error.optionalMembers("innererror");
      if (inner.isPresent()) {
        inner.get().optionalText("code").ifPresent(codes::add);
      }
      message = error.optionalText("message").orElse("");
    } catch (JsonFormatException noError) {
      // A proxy or load balancer answered; the status has to do.
    }
    Matcher number = SKR_NUMBER.matcher(message);
    if (number.find()) {
      codes.add(number.group());
    }
    return new VaultError(answer.status(), codes, message.toLowerCase(Locale.ROOT));
  }

  /** The number of secure key release, for a message; empty if there is none. */
  String skrSuffix() {
    return codes.stream()
        .filter(code -> SKR_NUMBER.matcher(code).matches())
        .findFirst()
        .map(code -> ", " + code)
        .orElse("");
  }
}
