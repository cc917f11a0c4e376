package dev.keygate.api.v1alpha1;

/** Whether a key that exists already may be taken over. */
public enum Adoption {
  /** An existing key is a reason to stop. */
  Never,
  /** An existing key is taken over if it is exportable. */
  IfExportable
}
