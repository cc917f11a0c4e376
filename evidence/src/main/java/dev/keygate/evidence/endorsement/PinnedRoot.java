package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.Bytes;

/**
 * A root key that is believed.
 *
 * @param digest SHA-256 of its SubjectPublicKeyInfo
 * @param origin why it is believed
 */
public record PinnedRoot(Bytes digest, Origin origin) {

  /** Why a root is believed. */
  public enum Origin {
    /** It is the processor vendor's own. */
    VENDOR,
    /** A setting names it, as laboratories do; it says nothing about hardware. */
    NAMED
  }

  /** Whether the root was named by a setting and is not a vendor's. */
  public boolean isLab() {
    return origin == Origin.NAMED;
  }
}
