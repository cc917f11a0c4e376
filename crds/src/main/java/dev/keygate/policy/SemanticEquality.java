package dev.keygate.policy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether two policies admit the same tokens by construction: the order of alternatives and of
 * joint conditions, repetition, grouping without effect, spelling of authorities and the type of a
 * comparison value are insignificant. Two policies may be equivalent and not equal in this sense;
 * never the other way round.
 */
public final class SemanticEquality {

  private SemanticEquality() {}

  /** Whether Key Vault would decide the same for every token. */
  public static boolean equal(ReleasePolicyDocument one, ReleasePolicyDocument other) {
    return byAuthority(one).equals(byAuthority(other));
  }

  /** Branches of one authority are alternatives, like the elements of an anyOf. */
  private static Map<String, Form> byAuthority(ReleasePolicyDocument document) {
    Map<String, List<Form>> branches =
        document.anyOf().stream()
            .collect(
                Collectors.groupingBy(
                    branch -> branch.authority().comparisonKey(),
                    LinkedHashMap::new,
                    Collectors.mapping(branch -> form(branch.condition()), Collectors.toList())));
    return branches.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> combine(Junction.ANY_OF, entry.getValue())));
  }

  private static Form form(Condition condition) {
    return switch (condition) {
      case ClaimCondition claim ->
          new Form.Comparison(claim.claim().path(), claim.operator(), claim.value().text());
      case AnyOf anyOf -> combine(Junction.ANY_OF, forms(anyOf.conditions()));
      case AllOf allOf -> combine(Junction.ALL_OF, forms(allOf.conditions()));
    };
  }

  private static List<Form> forms(List<Condition> conditions) {
    return conditions.stream().map(SemanticEquality::form).toList();
  }

  /** A list of one is its element, and a list in a list of the same kind is part of it. */
  private static Form combine(Junction junction, List<Form> forms) {
    Set<Form> parts = new HashSet<>();
    for (Form form : forms) {
      if (form instanceof Form.Combination inner && inner.junction() == junction) {
        parts.addAll(inner.parts());
      } else {
        parts.add(form);
      }
    }
    return parts.size() == 1 ? parts.iterator().next() : new Form.Combination(junction, parts);
  }

  /** A condition without what is insignificant. */
  sealed interface Form {
    record Comparison(String claim, Operator operator, String text) implements Form {}

    record Combination(Junction junction, Set<Form> parts) implements Form {
      public Combination {
        parts = Set.copyOf(parts);
      }
    }
  }
}
