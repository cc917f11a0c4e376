package dev.keygate.policy;

import java.util.List;

/**
 * One true condition suffices.
 *
 * @param conditions 1 to {@link PolicyLimits#MAX_CONDITIONS}
 */
public record AnyOf(List<Condition> conditions) implements Condition {

  /**
   * Checks the rules above.
   *
   * @throws IllegalArgumentException if there is no condition, or too many
   */
  public AnyOf {
    conditions = List.copyOf(conditions);
    PolicyLimits.requireBetweenOneAnd(PolicyLimits.MAX_CONDITIONS, conditions.size(), "conditions");
  }

  @Override
  public int depth() {
    return 1 + conditions.stream().mapToInt(Condition::depth).max().orElseThrow();
  }
}
