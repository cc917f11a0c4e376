package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;

/** A provider's key at a TCB: machines that use it hide their chip. */
public final class SoftwareVlek implements SoftwareEndorsement {

  private final SnpProduct product;
  private final TcbVersion tcb;
  private final IssuedKey issued;

  SoftwareVlek(SnpProduct product, TcbVersion tcb, IssuedKey issued) {
    this.product = product;
    this.tcb = tcb;
    this.issued = issued;
  }

  @Override
  public SnpProduct product() {
    return product;
  }

  @Override
  public TcbVersion tcb() {
    return tcb;
  }

  @Override
  public Bytes chipId() {
    return Bytes.zeros(64);
  }

  @Override
  public SigningKey signingKey() {
    return SigningKey.VLEK;
  }

  /** VLEK, ASVK and ARK, PEM, in this order. */
  @Override
  public String chainPem() {
    return issued.chainPem();
  }

  @Override
  public EndorsementChain chain() {
    return issued.chain();
  }

  @Override
  public Bytes sign(Bytes content) {
    return issued.sign(content);
  }
}
