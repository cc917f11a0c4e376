package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.VerifiedToken;
import dev.keygate.sidecar.unwrap.TransferKey;

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

  /**
   * @param device is closed with this
   */
  public AttestedGuest(VerifiedToken token, TransferKey transferKey, Device device) {
    this.token = token;
    this.transferKey = transferKey;
    this.device = device;
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
