package dev.keygate.condition;

/**
 * Reasons of conditions that are no failures, or whose cause lies in other objects. Failures of the
 * product's own work use {@link dev.keygate.failure.Reason}; no name is in both lists.
 */
public enum ConditionReason {
  /** Accepted is true. */
  Accepted,
  /** ResolvedRefs is true. */
  Resolved,
  /** ResolvedRefs is false: there is no ReleasePolicy of that name in the namespace. */
  PolicyNotFound,
  /** ResolvedRefs is false: the ReleasePolicy exists and is not accepted. */
  PolicyNotAccepted,
  /** Authorized is true. */
  Authorized,
  /** Authorized is false, and a permission that was just given may still be on its way. */
  AwaitingPermission,
  /** Provisioned is true. */
  Provisioned,
  /** PolicyInSync is true. */
  InSync,
  /** Ready is true. */
  Ready,
  /** Ready is true: the key is as its spec says, which is disabled, so nobody can release it. */
  DisabledBySpec,
  /** Only of Events: the key was created or recovered. */
  Provisioning,
  /** Only of Events: the key in the vault was brought to the spec's state. */
  Updating,
  /** Only of Events: another version of the key has become current. */
  Rotated,
  /** An earlier step has to be done first. */
  Waiting,
  /** A vault takes so many calls in a time; this object waits for its turn. */
  Queued
}
