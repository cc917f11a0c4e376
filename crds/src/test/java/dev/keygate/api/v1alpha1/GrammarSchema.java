package dev.keygate.api.v1alpha1;

import dev.keygate.policy.Junction;
import dev.keygate.policy.Operator;
import dev.keygate.policy.PolicyLimits;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The schema of the policy grammar, unrolled to {@link PolicyLimits#MAX_DEPTH}: a structural schema
 * cannot refer to itself. Everything is typed but the value of a comparison, for which such a
 * schema has no type.
 */
final class GrammarSchema {

  private GrammarSchema() {}

  static JSONSchemaProps root() {
    Map<String, JSONSchemaProps> members = new LinkedHashMap<>();
    members.put(
        "version",
        new JSONSchemaPropsBuilder(text("The version of the grammar, 1.0.0.", 16))
            .withPattern("^(0\\.2|1\\.0|1\\.0\\.0)$")
            .build());
    members.put(
        "anyOf",
        list(
            "The authorities; a token of any of them is admitted if it meets that one's conditions.",
            PolicyLimits.MAX_AUTHORITIES,
            authority()));
    return new JSONSchemaPropsBuilder(
            object(
                "The release policy in the grammar of Azure Key Vault, verbatim: an existing policy"
                    + " can be pasted as it is.",
                members))
        .withRequired("anyOf")
        .build();
  }

  private static JSONSchemaProps authority() {
    Map<String, JSONSchemaProps> members = new LinkedHashMap<>();
    members.put(
        "authority",
        text(
            "The URL of an attestation authority, as its tokens carry it in iss.",
            PolicyLimits.MAX_AUTHORITY_LENGTH));
    members.putAll(junctions(1));
    return new JSONSchemaPropsBuilder(
            object("An authority and what its tokens have to claim.", members))
        .withRequired("authority")
        .withOneOf(requiring("allOf"), requiring("anyOf"))
        .build();
  }

  /** The two lists whose elements are conditions at a depth. */
  private static Map<String, JSONSchemaProps> junctions(int depth) {
    Map<String, JSONSchemaProps> members = new LinkedHashMap<>();
    members.put(
        Junction.ALL_OF.keyword(),
        list("Every condition has to be true.", PolicyLimits.MAX_CONDITIONS, condition(depth)));
    members.put(
        Junction.ANY_OF.keyword(),
        list("One true condition suffices.", PolicyLimits.MAX_CONDITIONS, condition(depth)));
    return members;
  }

  private static JSONSchemaProps condition(int depth) {
    Map<String, JSONSchemaProps> members = new LinkedHashMap<>();
    members.put(
        "claim",
        text("The claim's name; dots lead through objects.", PolicyLimits.MAX_CLAIM_LENGTH));
    for (Operator operator : Operator.values()) {
      members.put(operator.keyword(), comparisonValue(operator));
    }
    if (depth == PolicyLimits.MAX_DEPTH) {
      return new JSONSchemaPropsBuilder(object("A claim with one operator.", members))
          .withRequired("claim")
          .withOneOf(operators())
          .build();
    }
    members.putAll(junctions(depth + 1));
    return new JSONSchemaPropsBuilder(
            object("A claim with one operator, or a list of conditions.", members))
        .withOneOf(requiring("claim"), requiring("allOf"), requiring("anyOf"))
        .withAnyOf(comparison(), noPartOfAComparison())
        .build();
  }

  private static JSONSchemaProps comparison() {
    return new JSONSchemaPropsBuilder(requiring("claim")).withOneOf(operators()).build();
  }

  /** Without this, half a comparison beside a list would pass. */
  private static JSONSchemaProps noPartOfAComparison() {
    List<JSONSchemaProps> parts = operators();
    parts.add(requiring("claim"));
    return new JSONSchemaPropsBuilder().withNewNot().withAnyOf(parts).endNot().build();
  }

  private static List<JSONSchemaProps> operators() {
    return Arrays.stream(Operator.values())
        .map(operator -> requiring(operator.keyword()))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static JSONSchemaProps comparisonValue(Operator operator) {
    return new JSONSchemaPropsBuilder()
        .withDescription(
            operator.isEvaluated()
                ? "A string, number or boolean; Key Vault compares texts, with case."
                : "In the grammar, but not evaluated by Key Vault yet: refused.")
        .withXKubernetesPreserveUnknownFields(true)
        .build();
  }

  private static JSONSchemaProps requiring(String... members) {
    return new JSONSchemaPropsBuilder().withRequired(members).build();
  }

  private static JSONSchemaProps text(String description, int maxLength) {
    return new JSONSchemaPropsBuilder()
        .withType("string")
        .withDescription(description)
        .withMinLength(1L)
        .withMaxLength((long) maxLength)
        .build();
  }

  private static JSONSchemaProps list(String description, int maxItems, JSONSchemaProps items) {
    return new JSONSchemaPropsBuilder()
        .withType("array")
        .withDescription(description)
        .withMinItems(1L)
        .withMaxItems((long) maxItems)
        .withXKubernetesListType("atomic")
        .withNewItems()
        .withSchema(items)
        .endItems()
        .build();
  }

  private static JSONSchemaProps object(
      String description, Map<String, JSONSchemaProps> properties) {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withDescription(description)
        .withProperties(properties)
        .build();
  }
}
