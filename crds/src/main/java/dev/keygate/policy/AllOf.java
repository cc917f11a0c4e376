package dev.keygate.policy;

import java.util.List;

/**
 * Every condition has to be true.
 *
 * @param conditions 1 to {@link PolicyLimits#MAX_CONDITIONS}
 */
public record AllOf(List<Condition> conditions) implements Condition {

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if there is no condition, or too many
   */
  public AllOf {
    conditions = List.copyOf(conditions);
    PolicyLimits.requireBetweenOneAnd(PolicyLimits.MAX_CONDITIONS, conditions.size(), "conditions");
  }

  @Override
  public int depth() {
    return 1 + conditions.stream().mapToInt(Condition::depth).max().orElseThrow();
  }
}
