package dev.keygate.evidence.bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A hash function that evidence formats name. */
public enum Digest {
  /** SHA-1, 20 octets; only to read event logs and public areas that still carry it. */
  SHA1("SHA-1", 20),
  /** SHA-256, 32 octets. */
  SHA256("SHA-256", 32),
  /** SHA-384, 48 octets. */
  SHA384("SHA-384", 48),
  /** SHA-512, 64 octets. */
  SHA512("SHA-512", 64);

  private final String javaName;
  private final int sizeBytes;

  Digest(String javaName, int sizeBytes) {
    this.javaName = javaName;
    this.sizeBytes = sizeBytes;
  }

  /** The size of a digest in octets. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** The digest of the parts, hashed one after another. */
  public Bytes of(Bytes... parts) {
    MessageDigest digest = newMessageDigest();
    for (Bytes part : parts) {
      part.update(digest);
    }
    return Bytes.copyOf(digest.digest());
  }

  private MessageDigest newMessageDigest() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("the Java runtime has no " + javaName, absent);
    }
  }
}
