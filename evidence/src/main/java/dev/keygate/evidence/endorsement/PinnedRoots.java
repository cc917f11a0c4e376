package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.Bytes;
import java.security.PublicKey;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The root keys that are believed, by the SHA-256 digest of their SubjectPublicKeyInfo in DER. Keys
 * are pinned, not certificates: a vendor may issue its root again. Immutable.
 */
public final class PinnedRoots {

  private static final int DIGEST_BYTES = 32;

  private static final Set<Bytes> AMD =
      Set.of(
          // ARK-Milan
          Bytes.fromHex("9f056bee44377e29308cb5ffa895bdfb62d18881fa6bed8d6f075b0204089cb9"),
          // ARK-Genoa
          Bytes.fromHex("429a69c9422aa258ee4d8db5fcda9c6470ef15f8cd5a9cebd6cbc7d90b863831"),
          // ARK-Turin
          Bytes.fromHex("4f125410563a2ab9a50356f9243f6fe0b6f73de98603f53f90339c70e9d7ad08"));

  private static final Set<Bytes> INTEL =
      Set.of(
          // Intel SGX Root CA
          Bytes.fromHex("a0af031289f5d5d4132f9186068a7fc13628633ba235777472e29b6b6c67a49e"));

  private final Set<Bytes> vendor;
  private final Set<Bytes> named;

  private PinnedRoots(Set<Bytes> vendor, Set<Bytes> named) {
    this.vendor = vendor;
    this.named = named;
  }

  /** AMD's own root keys of Milan, Genoa and Turin, and nothing else. */
  public static PinnedRoots amd() {
    return new PinnedRoots(AMD, Set.of());
  }

  /** Intel's own SGX root key, under which TDX platforms are certified, and nothing else. */
  public static PinnedRoots intel() {
    return new PinnedRoots(INTEL, Set.of());
  }

  /**
   * These roots and one that is not a vendor's, such as a laboratory's. Evidence under it proves
   * nothing about hardware.
   *
   * @param digest SHA-256 of the SubjectPublicKeyInfo, 32 octets
   * @throws IllegalArgumentException if it has another size
   */
  public PinnedRoots plus(Bytes digest) {
    if (digest.size() != DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "a root is pinned by " + DIGEST_BYTES + " bytes of SHA-256, not " + digest.size());
    }
    Set<Bytes> extended = new LinkedHashSet<>(named);
    extended.add(digest);
    return new PinnedRoots(vendor, Set.copyOf(extended));
  }

  /** The digest by which a key is pinned. */
  public static Bytes digestOf(PublicKey key) {
    return Bytes.copyOf(key.getEncoded()).sha256();
  }

  /** The root with this key, or nothing if the key is not believed. */
  public Optional<PinnedRoot> find(PublicKey key) {
    Bytes digest = digestOf(key);
    if (vendor.contains(digest)) {
      return Optional.of(new PinnedRoot(digest, PinnedRoot.Origin.VENDOR));
    }
    return named.contains(digest)
        ? Optional.of(new PinnedRoot(digest, PinnedRoot.Origin.NAMED))
        : Optional.empty();
  }

  /** Whether a root was added that is not a vendor's. */
  public boolean hasLabRoots() {
    return !named.isEmpty();
  }
}
