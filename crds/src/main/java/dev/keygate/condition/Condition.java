package dev.keygate.condition;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * One condition of a status, as the Kubernetes API has it. Type and reason are texts, because a
 * status may have been written by another release.
 *
 * @param lastTransitionTime RFC 3339, in UTC and whole seconds where this product wrote it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonPropertyOrder({
  "type",
  "status",
  "observedGeneration",
  "lastTransitionTime",
  "reason",
  "message"
})
public record Condition(
    @JsonPropertyDescription("What the condition is about.") String type,
    @JsonPropertyDescription("Whether it holds: True, False or Unknown.") ConditionStatus status,
    @JsonPropertyDescription("The generation of the spec that was judged.") long observedGeneration,
    @JsonPropertyDescription("When the status last changed to another value.")
        String lastTransitionTime,
    @JsonPropertyDescription("The cause, one word of a closed list; the runbook has an entry each.")
        String reason,
    @JsonPropertyDescription("The cause in a sentence, and what to do about it.") String message) {

  /** Whether this is the condition of that type. */
  public boolean is(ConditionType conditionType) {
    return conditionType.name().equals(type);
  }
}
