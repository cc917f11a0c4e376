package dev.keygate.condition;

/** Spelled as the Kubernetes API does. */
public enum ConditionStatus {
  /** The condition holds. */
  True,
  /** It does not hold. */
  False,
  /** Nobody knows yet. */
  Unknown
}
