package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Objects;

/** How a changed release policy reaches the vault. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PolicyChange(
    @Default("Replace") @JsonPropertyDescription("Replace: the new policy is written at once.")
        PolicyChangeStrategy strategy) {

  /** Fills in what a manifest may leave out. */
  public PolicyChange {
    strategy = Objects.requireNonNullElse(strategy, PolicyChangeStrategy.Replace);
  }
}
