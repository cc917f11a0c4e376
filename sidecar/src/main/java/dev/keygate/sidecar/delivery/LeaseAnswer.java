package dev.keygate.sidecar.delivery;

import dev.keygate.endpoint.KeyVersion;
import dev.keygate.sidecar.secret.SecretBytes;

/** What comes of asking a lease for a key. */
public sealed interface LeaseAnswer {

  /**
   * The key, written as asked.
   *
   * @param text the receiver's, who closes it
   */
  record Written(KeyVersion version, SecretBytes text) implements LeaseAnswer {}

  /** No version of the key is held yet. */
  record NothingHeld() implements LeaseAnswer {}

  /** The version that was asked for is not held. */
  record VersionNotHeld() implements LeaseAnswer {}

  /** Keys of this type are not written so. */
  record EncodingNotAllowed() implements LeaseAnswer {}
}
