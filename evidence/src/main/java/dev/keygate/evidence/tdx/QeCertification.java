package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PckChain;

/**
 * Certification data of type 6: who vouches for the attestation key (Intel TDX DCAP Quoting Library
 * API, appendix "Quote format", "QE report certification data").
 *
 * @param report the quoting enclave's report
 * @param signature the PCK's over the report
 * @param authenticationData what REPORTDATA is a digest of besides the attestation key
 * @param pckChain certification data of type 5: the PCK's certificates
 */
public record QeCertification(
    QeReport report, EcdsaP256Signature signature, Bytes authenticationData, PckChain pckChain) {

  /** The REPORTDATA that binds an attestation key to the report: a SHA-256 digest and 32 zeros. */
  public Bytes expectedReportData(AttestationKey key) {
    Bytes digest = Bytes.concat(key.point(), authenticationData).sha256();
    return Bytes.concat(digest, Bytes.zeros(QeReportField.REPORTDATA.sizeBytes() - digest.size()));
  }
}
