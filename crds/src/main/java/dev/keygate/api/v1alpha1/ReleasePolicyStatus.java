package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keygate.condition.Condition;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a release policy.
 *
 * @param compiled null while no spec has been accepted
 * @param digest null while no spec has been accepted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ReleasePolicyStatus(
    @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @Size(max = 65536) @JsonPropertyDescription("The canonical JSON that vaults are given.")
        @Nullable String compiled,
    @Size(max = 71)
        @JsonPropertyDescription("The SHA-256 of compiled: sha256: and 64 hexadecimal digits.")
        @Nullable String digest,
    @Size(max = 64) @JsonPropertyDescription("What is allowed, and will hurt.")
        List<PolicyWarning> warnings,
    @Size(max = 16) @JsonPropertyDescription("What holds, and why.") List<Condition> conditions) {

  /** Fills in what a status may leave out. */
  public ReleasePolicyStatus {
    warnings = List.copyOf(Objects.requireNonNullElse(warnings, List.of()));
    conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
  }
}
