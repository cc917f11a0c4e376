package dev.keygate.operator.reference;

import dev.keygate.condition.ConditionReason;
import dev.keygate.condition.ConditionType;
import dev.keygate.failure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Types of conditions and their reasons. */
final class ConditionsPage {

  private static final Path CODE = Path.of("..", "crds", "src", "main", "java", "dev", "keygate");

  private ConditionsPage() {}

  static String write() throws IOException {
    Page page =
        new Page("Conditions and their reasons")
            .text(
                "The [runbook](../runbook.md) says for each reason what causes it and what to do.")
            .heading("Conditions")
            .table(List.of("type", "holds when"), types())
            .heading("Reasons of what goes as it should, and of what is missing elsewhere")
            .table(List.of("reason", "meaning"), conditionReasons())
            .heading("Reasons of failures")
            .text(
                "*Refused* means that somebody has to change something: the object is Stalled."
                    + " *Unavailable* means that it is tried again: the object is Reconciling, and"
                    + " what was Ready stays Ready. The sidecar's reasons are of the same list.")
            .table(List.of("reason", "kind", "meaning"), failures());
    return page.write();
  }

  private static List<List<String>> types() throws IOException {
    Map<String, String> comments = Constants.of(CODE.resolve("condition/ConditionType.java"));
    List<List<String>> rows = new ArrayList<>();
    for (ConditionType type : ConditionType.values()) {
      rows.add(List.of(Page.code(type.name()), comments.getOrDefault(type.name(), "")));
    }
    return rows;
  }

  private static List<List<String>> conditionReasons() throws IOException {
    Map<String, String> comments = Constants.of(CODE.resolve("condition/ConditionReason.java"));
    List<List<String>> rows = new ArrayList<>();
    for (ConditionReason reason : ConditionReason.values()) {
      rows.add(List.of(Page.code(reason.name()), comments.getOrDefault(reason.name(), "")));
    }
    return rows;
  }

  private static List<List<String>> failures() throws IOException {
    Map<String, String> comments = Constants.of(CODE.resolve("failure/Reason.java"));
    List<List<String>> rows = new ArrayList<>();
    for (Reason reason : Reason.values()) {
      rows.add(
          List.of(
              "[`"
                  + reason.name()
                  + "`](../runbook.md#"
                  + reason.name().toLowerCase(Locale.ROOT)
                  + ")",
              reason.kind().name().toLowerCase(Locale.ROOT),
              comments.getOrDefault(reason.name(), "")));
    }
    return rows;
  }
}
