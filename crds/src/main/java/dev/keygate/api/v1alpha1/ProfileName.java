package dev.keygate.api.v1alpha1;

/** Templates of release policies. */
public enum ProfileName {
  /** Nodes of an AKS confidential VM node pool, which attest as guests through their vTPM. */
  AksConfidentialVm,
  /** Groups of confidential containers on SEV-SNP with the security policies that are named. */
  ConfidentialContainerGroup,
  /** Confidential VMs as the platform attests them: what disk encryption sets ask for. */
  ConfidentialVmPlatform,
  /** SGX enclaves that are named. */
  SgxEnclave
}
