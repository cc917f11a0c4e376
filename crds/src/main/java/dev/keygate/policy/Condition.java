package dev.keygate.policy;

/** What a token has to claim: one comparison, or several combined. */
public sealed interface Condition permits ClaimCondition, AnyOf, AllOf {

  /** How many lists of conditions stand in one another: 0 for a comparison. */
  int depth();
}
