package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of the policy grammar, as it stands in a manifest.
 *
 * @param version null if left out, which Key Vault takes for 1.0.0
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Grammar(@Nullable String version, List<GrammarAuthority> anyOf) {

  /** Copies the list; the API server has made sure that there is one. */
  public Grammar {
    anyOf = List.copyOf(Objects.requireNonNullElse(anyOf, List.of()));
  }
}
