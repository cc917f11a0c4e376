package dev.keygate.api.v1alpha1;

/** Kinds of confidential VM. */
public enum ProfileTee {
  /** AMD SEV-SNP. */
  SevSnp,
  /** Intel TDX. */
  Tdx
}
