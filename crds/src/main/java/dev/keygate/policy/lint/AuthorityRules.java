package dev.keygate.policy.lint;

import dev.keygate.policy.AllOf;
import dev.keygate.policy.AnyOf;
import dev.keygate.policy.Authority;
import dev.keygate.policy.AuthorityBranch;
import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.Condition;
import dev.keygate.policy.ConditionPath;
import dev.keygate.policy.Junction;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.policy.SemanticEquality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules about the authorities of a policy and about what sets one apart from the others. */
final class AuthorityRules {

  private AuthorityRules() {}

  static List<LintWarning> notHttps(ReleasePolicyDocument document) {
    List<LintWarning> found = new ArrayList<>();
    for (int i = 0; i < document.anyOf().size(); i++) {
      String name = document.anyOf().get(i).authority().name();
      if (!name.regionMatches(true, 0, "https://", 0, "https://".length())) {
        found.add(
            new LintWarning(
                LintCode.AuthorityNotHttps,
                ConditionPath.ofBranch(i),
                "An authority's name is compared with the token's iss, which is an https URL: "
                    + Shortened.text(name)
                    + " never matches. Write https:// and the provider's host."));
      }
    }
    return found;
  }

  static List<LintWarning> duplicate(ReleasePolicyDocument document) {
    List<LintWarning> found = new ArrayList<>();
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < document.anyOf().size(); i++) {
      Authority authority = document.anyOf().get(i).authority();
      Integer earlier = first.putIfAbsent(authority.comparisonKey(), i);
      if (earlier != null) {
        found.add(
            new LintWarning(
                LintCode.DuplicateAuthority,
                ConditionPath.ofBranch(i),
                ConditionPath.ofBranch(earlier)
                    + " names the same authority. The two are alternatives, and the laxer one"
                    + " decides: remove one, or put both under an anyOf of one authority."));
      }
    }
    return found;
  }

  /** The conditions that most authorities have are taken for the ones that were meant. */
  static List<LintWarning> uneven(ReleasePolicyDocument document) {
    List<List<Integer>> groups = List.copyOf(firstBranchesByDemand(document).values());
    List<Integer> usual =
        groups.stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
    return groups.stream()
        .filter(group -> !group.equals(usual))
        .flatMap(List::stream)
        .sorted()
        .map(branch -> uneven(branch, usual.getFirst()))
        .toList();
  }

  private static LintWarning uneven(int branch, int usual) {
    return new LintWarning(
        LintCode.UnevenAuthorities,
        ConditionPath.ofBranch(branch),
        "This authority's tokens are asked for something else than those of "
            + ConditionPath.ofBranch(usual)
            + ", and a machine may choose its authority. Give all of them the same conditions, or"
            + " keep the policies apart.");
  }

  /** For each different demand the first branch of every authority that has it. */
  private static Map<ReleasePolicyDocument, List<Integer>> firstBranchesByDemand(
      ReleasePolicyDocument document) {
    Map<String, List<Integer>> byAuthority = new LinkedHashMap<>();
    for (int i = 0; i < document.anyOf().size(); i++) {
      String authority = document.anyOf().get(i).authority().comparisonKey();
      byAuthority.computeIfAbsent(authority, _ -> new ArrayList<>()).add(i);
    }
    Map<ReleasePolicyDocument, List<Integer>> byDemand = new LinkedHashMap<>();
    for (List<Integer> branches : byAuthority.values()) {
      ReleasePolicyDocument demand = demand(document, branches);
      byDemand
          .computeIfAbsent(known(byDemand.keySet(), demand), _ -> new ArrayList<>())
          .add(branches.getFirst());
    }
    return byDemand;
  }

  private static ReleasePolicyDocument known(
      Set<ReleasePolicyDocument> demands, ReleasePolicyDocument demand) {
    return demands.stream()
        .filter(other -> SemanticEquality.equal(other, demand))
        .findFirst()
        .orElse(demand);
  }

  /** The branches of one authority are alternatives: together they are what it is asked for. */
  private static ReleasePolicyDocument demand(
      ReleasePolicyDocument document, List<Integer> branches) {
    return new ReleasePolicyDocument(
        branches.stream().map(document.anyOf()::get).map(AuthorityRules::anonymous).toList());
  }

  /** A provider's own policy hash is its own: it sets no authority apart. */
  private static AuthorityBranch anonymous(AuthorityBranch branch) {
    Condition rest =
        Demand.without(branch.condition(), DemandRules::pinsPolicy).orElse(branch.condition());
    return new AuthorityBranch(
        new Authority("any"),
        rest instanceof AnyOf ? Junction.ANY_OF : Junction.ALL_OF,
        switch (rest) {
          case AnyOf(List<Condition> conditions) -> conditions;
          case AllOf(List<Condition> conditions) -> conditions;
          case ClaimCondition claim -> List.of(claim);
        });
  }
}
