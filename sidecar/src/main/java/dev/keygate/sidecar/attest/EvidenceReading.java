package dev.keygate.sidecar.attest;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.verify.CvmEvidence;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.device.GuestTpm;
import dev.keygate.sidecar.device.QuotedPcrs;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.device.VtpmTransferKey;
import java.util.Optional;

/** Reads the evidence of an Azure guest out of its vTPM. */
final class EvidenceReading {

  private static final int DER_SEQUENCE = 0x30;
  private static final int TWO_LENGTH_OCTETS = 0x82;
  private static final int DER_HEADER_BYTES = 4;

  private EvidenceReading() {}

  /** The paravisor's report, which says whose endorsement is needed: read before all else. */
  static HclReport readHcl(GuestTpm tpm) throws FailureException, InterruptedException {
    return parseHcl(tpm.readHclReport());
  }

  static GuestEvidence read(GuestTpm tpm, HclReport hcl, TransferKeyTemplate template)
      throws FailureException, InterruptedException {
    TpmPublic attestationKey = tpm.readAttestationKey();
    Bytes certificate = tpm.readAkCertificate().flatMap(EvidenceReading::der).orElse(Bytes.EMPTY);
    QuotedPcrs quoted = tpm.quote();
    VtpmTransferKey transferKey = tpm.createTransferKey(quoted.values(), template);
    CvmEvidence evidence = new CvmEvidence(hcl, attestationKey, quoted.quote(), quoted.values());
    return new GuestEvidence(evidence, certificate, transferKey);
  }

  private static HclReport parseHcl(Bytes index) throws RefusedException {
    try {
      return HclReport.parse(index);
    } catch (EvidenceFormatException malformed) {
      throw new RefusedException(
          Reason.EvidenceMalformed,
          "The paravisor's report of this machine is malformed: " + malformed.getMessage() + ".",
          malformed);
    }
  }

  /**
   * The certificate without the index's padding; empty if no certificate starts there. Zero octets
   * at the end may belong to its signature, so the length that DER states decides.
   */
  static Optional<Bytes> der(Bytes index) {
    boolean isCertificate =
        index.size() > DER_HEADER_BYTES
            && index.at(0) == DER_SEQUENCE
            && index.at(1) == TWO_LENGTH_OCTETS;
    if (!isCertificate) {
      return Optional.empty();
    }
    int size = DER_HEADER_BYTES + (index.at(2) << 8 | index.at(3));
    return size <= index.size() ? Optional.of(index.slice(0, size)) : Optional.empty();
  }
}
