package dev.keygate.evidence.verify;

import dev.keygate.evidence.endorsement.PinnedRoot;
import dev.keygate.evidence.endorsement.PinnedRoots;
import java.security.PublicKey;
import java.security.cert.X509Certificate;

/** A chain ends in a key that is believed; which certificate carries the key does not matter. */
final class RootRule {

  private RootRule() {}

  static PinnedRoot requirePinned(PinnedRoots roots, X509Certificate root)
      throws EvidenceVerificationException {
    PublicKey key = root.getPublicKey();
    return roots
        .find(key)
        .orElseThrow(
            () ->
                CheckList.failed(
                    Check.ROOT_PINNED,
                    "a pinned root key",
                    "SPKI SHA-256 " + PinnedRoots.digestOf(key).hex()));
  }
}
