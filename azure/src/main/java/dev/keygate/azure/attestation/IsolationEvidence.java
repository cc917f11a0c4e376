package dev.keygate.azure.attestation;

import dev.keygate.evidence.bytes.Bytes;

/** What the hardware says about the guest. */
public sealed interface IsolationEvidence {

  /**
   * A guest on AMD SEV-SNP under Azure's paravisor.
   *
   * @param report the SNP report of the HCL report, 1184 bytes
   * @param vcekChainPem VCEK, ASK and ARK in PEM, in this order
   * @param runtimeData the HCL report's runtime data, the exact bytes of its JSON
   */
  record SevSnp(Bytes report, String vcekChainPem, Bytes runtimeData)
      implements IsolationEvidence {}
}
