package dev.keygate.policy;

import java.util.List;

/**
 * One element of the root: an authority and what its tokens have to claim.
 *
 * @param conditions 1 to {@link PolicyLimits#MAX_CONDITIONS}
 */
public record AuthorityBranch(Authority authority, Junction junction, List<Condition> conditions) {

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if there is no condition, too many, or one nested too deeply
   */
  public AuthorityBranch {
    conditions = List.copyOf(conditions);
    PolicyLimits.requireBetweenOneAnd(PolicyLimits.MAX_CONDITIONS, conditions.size(), "conditions");
    for (Condition condition : conditions) {
      if (condition.depth() >= PolicyLimits.MAX_DEPTH) {
        throw new IllegalArgumentException("conditions nest to depth " + PolicyLimits.MAX_DEPTH);
      }
    }
  }

  /** The branch's conditions as one condition. */
  public Condition condition() {
    return switch (junction) {
      case ANY_OF -> new AnyOf(conditions);
      case ALL_OF -> new AllOf(conditions);
    };
  }
}
