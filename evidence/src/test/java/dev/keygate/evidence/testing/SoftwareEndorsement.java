package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;

/** A key that signs SNP reports, and the certificates above it. */
public abstract sealed class SoftwareEndorsement permits SoftwareVcek, SoftwareVlek {

  private final IssuedKey issued;

  SoftwareEndorsement(IssuedKey issued) {
    this.issued = issued;
  }

  /** The processor line of the reports. */
  public abstract SnpProduct product();

  /** The reported TCB of the reports. */
  public abstract TcbVersion tcb();

  /** The CHIP_ID of the reports, 64 octets. */
  public abstract Bytes chipId();

  /** What the reports say signed them. */
  public abstract SigningKey signingKey();

  /** The certificate of this key, PEM with a final line break. */
  public final String certificatePem() {
    return issued.certificatePem();
  }

  /** The key's certificate and its two issuers', PEM, from the bottom up. */
  public final String chainPem() {
    return issued.chainPem();
  }

  /** The same, parsed, with a list that revokes nothing as long as the root is valid. */
  public final EndorsementChain chain() {
    return issued.chain();
  }

  /** ECDSA with SHA-384: R and S, big-endian, as long as the curve's order each. */
  public final Bytes sign(Bytes content) {
    return issued.sign(content);
  }
}
