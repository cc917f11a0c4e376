package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.azure.thim.AmdCertification;
import dev.keygate.sidecar.unwrap.TransferKey;
import java.util.Optional;

/**
 * A verified token and the transfer key that it names. Keys can be released to it until it is
 * closed, which forgets the transfer key.
 */
public final class AttestedGuest implements AutoCloseable {

  /** Gives back what holds the transfer key. */
  @FunctionalInterface
  public interface Device {
    /** Forgets the transfer key. */
    void close();
  }

  private final VerifiedToken token;
  private final TransferKey transferKey;
  private final Device device;
  private final Optional<AmdCertification> endorsement;

  /**
   * @param device is closed with this
   */
  public AttestedGuest(VerifiedToken token, TransferKey transferKey, Device device) {
    this(token, transferKey, device, Optional.empty());
  }

  private AttestedGuest(
      VerifiedToken token,
      TransferKey transferKey,
      Device device,
      Optional<AmdCertification> endorsement) {
    this.token = token;
    this.transferKey = transferKey;
    this.device = device;
    this.endorsement = endorsement;
  }

  /** The same with the verified endorsement of its chip. */
  AttestedGuest endorsedBy(AmdCertification verified) {
    return new AttestedGuest(token, transferKey, device, Optional.of(verified));
  }

  /** The verified endorsement of its chip, if its evidence needed one. */
  public Optional<AmdCertification> endorsement() {
    return endorsement;
  }

  /** What an authority vouches for. */
  public VerifiedToken token() {
    return token;
  }

  /** The private half of the key that the token names. */
  public TransferKey transferKey() {
    return transferKey;
  }

  @Override
  public void close() {
    device.close();
  }
}
