package dev.keygate.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition of the policy grammar, as it stands in a manifest: a claim with exactly one
 * operator, or exactly one of the lists. The operators' values are what the schema leaves open: a
 * string, a number or a boolean in a policy that is right.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrammarCondition(
    @Nullable String claim,
    @JsonProperty("equals") @Nullable Object equalTo,
    @Nullable Object notEquals,
    @Nullable Object less,
    @Nullable Object lessOrEquals,
    @Nullable Object greater,
    @Nullable Object greaterOrEquals,
    @Nullable Object exists,
    @Nullable List<GrammarCondition> allOf,
    @Nullable List<GrammarCondition> anyOf) {

  /** Copies the lists. */
  public GrammarCondition {
    allOf = allOf == null ? null : List.copyOf(allOf);
    anyOf = anyOf == null ? null : List.copyOf(anyOf);
  }

  /** A claim that has to be equal to a string, number or boolean. */
  public static GrammarCondition claimEquals(String claim, Object value) {
    return new GrammarCondition(claim, value, null, null, null, null, null, null, null, null);
  }
}
