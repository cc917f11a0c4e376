package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;

/** A provider's key at a TCB: machines that use it hide their chip. */
public final class SoftwareVlek extends SoftwareEndorsement {

  private final SnpProduct product;
  private final TcbVersion tcb;

  SoftwareVlek(SnpProduct product, TcbVersion tcb, IssuedKey issued) {
    super(issued);
    this.product = product;
    this.tcb = tcb;
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
}
