package dev.keygate.condition;

/**
 * What conditions are about. {@link #Reconciling} and {@link #Stalled} are present only while they
 * are true, which is what kstatus reads; the others are present always on the kinds that have them.
 */
public enum ConditionType {
  /** ReleasePolicy: the spec is understood and can be handed to a vault. */
  Accepted,
  /** ExportableKey: the objects that the spec names exist and are usable. */
  ResolvedRefs,
  /** ExportableKey: the vault lets the operator do what the spec asks for. */
  Authorized,
  /** ExportableKey: the key exists in the vault as the spec describes it. */
  Provisioned,
  /** ExportableKey: the release policy in the vault is the one that the spec refers to. */
  PolicyInSync,
  /** Every kind: the object is as its spec says; a key can be released, unless that disables it. */
  Ready,
  /** Work is under way that has not led to the spec's state yet. */
  Reconciling,
  /** Work has stopped until somebody changes something. */
  Stalled
}
