package dev.keygate.sidecar.keyvault;

import dev.keygate.sidecar.unwrap.KeyDescription;
import dev.keygate.sidecar.unwrap.KeyHsmBlob;

/** What a vault has signed in answer to our request; only {@link EnvelopeVerifier} makes one. */
public final class VerifiedEnvelope {

  private final KeyDescription key;
  private final KeyHsmBlob wrappedKey;

  VerifiedEnvelope(KeyDescription key, KeyHsmBlob wrappedKey) {
    this.key = key;
    this.wrappedKey = wrappedKey;
  }

  /** What the vault says about the key, its version included. */
  public KeyDescription key() {
    return key;
  }

  /** The key, wrapped to the transfer key. */
  public KeyHsmBlob wrappedKey() {
    return wrappedKey;
  }
}
