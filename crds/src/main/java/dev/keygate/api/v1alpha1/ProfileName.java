package dev.keygate.api.v1alpha1;

/** Templates of release policies. */
public enum ProfileName {
  /** Nodes of an AKS confidential VM node pool. */
  AksConfidentialVm
}
