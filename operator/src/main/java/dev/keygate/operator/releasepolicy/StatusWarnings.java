package dev.keygate.operator.releasepolicy;

import dev.keygate.api.v1alpha1.PolicyWarning;
import dev.keygate.policy.lint.LintCode;
import dev.keygate.policy.lint.LintWarning;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The warnings that a status has room for: the first {@link #MOST_OF_ONE_CODE} of each code, and
 * how many more there are. A policy for sixty authorities repeats each of its faults sixty times.
 */
final class StatusWarnings {

  /** All codes together stay within the 64 that the schema allows. */
  static final int MOST_OF_ONE_CODE = 5;

  private StatusWarnings() {}

  static List<PolicyWarning> of(List<LintWarning> found) {
    List<PolicyWarning> written = new ArrayList<>();
    byCode(found)
        .forEach(
            (code, warnings) -> {
              int shown = Math.min(warnings.size(), MOST_OF_ONE_CODE);
              for (int i = 0; i < shown; i++) {
                int more = i == shown - 1 ? warnings.size() - shown : 0;
                written.add(warning(warnings.get(i), more));
              }
            });
    return List.copyOf(written);
  }

  /** The codes, once each, as a sentence's end; empty without any. */
  static String summary(List<LintWarning> found) {
    if (found.isEmpty()) {
      return "";
    }
    return " Warned of: "
        + String.join(", ", byCode(found).keySet().stream().map(LintCode::name).toList())
        + "; status.warnings says where.";
  }

  private static Map<LintCode, List<LintWarning>> byCode(List<LintWarning> found) {
    Map<LintCode, List<LintWarning>> byCode = new EnumMap<>(LintCode.class);
    for (LintWarning warning : found) {
      byCode.computeIfAbsent(warning.code(), _ -> new ArrayList<>()).add(warning);
    }
    return byCode;
  }

  private static PolicyWarning warning(LintWarning warning, int more) {
    String rest = more == 0 ? "" : " (and at " + more + " more places)";
    String message = warning.message();
    int room = LintWarning.MAX_MESSAGE_LENGTH - rest.length();
    return new PolicyWarning(
        warning.code().name(),
        warning.path(),
        (message.length() <= room ? message : message.substring(0, room)) + rest);
  }
}
