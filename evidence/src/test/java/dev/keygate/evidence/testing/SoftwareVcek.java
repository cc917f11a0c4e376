package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;

/** A chip's key at a TCB, its certificate and the certificates above it. */
public final class SoftwareVcek extends SoftwareEndorsement {

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

  SoftwareVcek(Chip chip, IssuedKey issued) {
    super(issued);
    this.chip = chip;
  }

  /** The chip and its TCB. */
  public Chip chip() {
    return chip;
  }

  @Override
  public SnpProduct product() {
    return chip.product();
  }

  @Override
  public TcbVersion tcb() {
    return chip.tcb();
  }

  @Override
  public Bytes chipId() {
    return chip.chipId();
  }

  @Override
  public SigningKey signingKey() {
    return SigningKey.VCEK;
  }
}
