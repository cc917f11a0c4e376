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
 * What became of a key.
 *
 * @param keyId null until the key has been seen in the vault
 * @param currentVersion null until the key has been seen in the vault
 * @param policyDigest null until the key's policy has been seen in the vault
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExportableKeyStatus(
    @JsonPropertyDescription("The generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @Size(max = 512) @JsonPropertyDescription("The key's URL in the vault, without a version.")
        @Nullable String keyId,
    @Size(max = 32) @JsonPropertyDescription("The version that new work uses.")
        @Nullable String currentVersion,
    @Size(max = 64) @JsonPropertyDescription("The key's versions, newest first.")
        List<KeyVersionStatus> versions,
    @Size(max = 71) @JsonPropertyDescription("The digest of the release policy that the vault has.")
        @Nullable String policyDigest,
    @Size(max = 16) @JsonPropertyDescription("What holds, and why.") List<Condition> conditions) {

  /** Fills in what a status may leave out. */
  public ExportableKeyStatus {
    versions = List.copyOf(Objects.requireNonNullElse(versions, List.of()));
    conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
  }
}
