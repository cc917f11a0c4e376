package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One authority of the policy grammar, as it stands in a manifest; exactly one of the lists is set.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrammarAuthority(
    String authority,
    @Nullable List<GrammarCondition> allOf,
    @Nullable List<GrammarCondition> anyOf) {

  /** Copies the lists. */
  public GrammarAuthority {
    allOf = allOf == null ? null : List.copyOf(allOf);
    anyOf = anyOf == null ? null : List.copyOf(anyOf);
  }
}
