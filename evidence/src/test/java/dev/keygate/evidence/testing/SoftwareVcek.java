package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** A chip's key at a TCB, its certificate and the certificates above it. */
public final class SoftwareVcek {

  /**
   * What the key is a function of.
   *
   * @param product the processor line
   * @param hardwareId the chip, 64 octets, for Turin 8
   * @param tcb the reported TCB
   */
  public record Chip(SnpProduct product, Bytes hardwareId, TcbVersion tcb) {

    /** The CHIP_ID of the chip's reports: the hardware id and zeros, 64 octets. */
    public Bytes chipId() {
      return Bytes.concat(hardwareId, Bytes.zeros(64 - hardwareId.size()));
    }
  }

  private final Chip chip;
  private final PrivateKey key;
  private final X509Certificate certificate;
  private final String issuersPem;

  SoftwareVcek(Chip chip, PrivateKey key, X509Certificate certificate, String issuersPem) {
    this.chip = chip;
    this.key = key;
    this.certificate = certificate;
    this.issuersPem = issuersPem;
  }

  /** The chip and its TCB. */
  public Chip chip() {
    return chip;
  }

  /** The certificate of this key, PEM with a final line break. */
  public String certificatePem() {
    return Pem.certificate(certificate);
  }

  /** VCEK, ASK and ARK, PEM, in this order. */
  public String chainPem() {
    return certificatePem() + issuersPem;
  }

  /** VCEK, ASK and ARK. */
  public EndorsementChain chain() {
    try {
      return EndorsementChain.parsePem(chainPem());
    } catch (EvidenceFormatException malformed) {
      throw new IllegalStateException("a chain of the software platform", malformed);
    }
  }

  /** ECDSA with SHA-384: R and S, big-endian, as long as the curve's order each. */
  Bytes sign(Bytes content) {
    try {
      Signature signer = Signature.getInstance("SHA384withECDSAinP1363Format");
      signer.initSign(key);
      signer.update(content.toArray());
      return Bytes.copyOf(signer.sign());
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("a key of the software platform does not sign", refused);
    }
  }
}
