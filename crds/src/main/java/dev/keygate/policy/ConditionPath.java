package dev.keygate.policy;

import java.util.List;
import java.util.function.BiConsumer;

/** Spells the paths of conditions and walks over all comparisons of a policy. */
public final class ConditionPath {

  private ConditionPath() {}

  /** The path of a branch: {@code anyOf[i]}. */
  public static String ofBranch(int index) {
    return Junction.ANY_OF.keyword() + "[" + index + "]";
  }

  /** The path of an element of a list of conditions: {@code <parent>.allOf[i]}. */
  public static String ofElement(String parent, Junction junction, int index) {
    return parent + "." + junction.keyword() + "[" + index + "]";
  }

  /** Calls for every comparison of a policy with its path, in the order of the text. */
  public static void visit(
      ReleasePolicyDocument document, BiConsumer<String, ClaimCondition> comparison) {
    for (int i = 0; i < document.anyOf().size(); i++) {
      AuthorityBranch branch = document.anyOf().get(i);
      visit(ofBranch(i), branch.junction(), branch.conditions(), comparison);
    }
  }

  private static void visit(
      String parent,
      Junction junction,
      List<Condition> conditions,
      BiConsumer<String, ClaimCondition> comparison) {
    for (int i = 0; i < conditions.size(); i++) {
      String path = ofElement(parent, junction, i);
      switch (conditions.get(i)) {
        case ClaimCondition claim -> comparison.accept(path, claim);
        case AnyOf anyOf -> visit(path, Junction.ANY_OF, anyOf.conditions(), comparison);
        case AllOf allOf -> visit(path, Junction.ALL_OF, allOf.conditions(), comparison);
      }
    }
  }
}
