package dev.keygate.sidecar.unwrap;

import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import java.util.Arrays;

/**
 * A target key after its release. It owns its material, which {@link #close} zeroes. Only {@link
 * #unwrap} makes one, so its material is that of the key that the vault announced.
 */
public final class ReleasedKey implements AutoCloseable {

  private final KeyDescription description;
  private final SecretBytes material;

  private ReleasedKey(KeyDescription description, SecretBytes material) {
    this.description = description;
    this.material = material;
  }

  /**
   * Unwraps a key from its AES key, which stays the caller's.
   *
   * @param description what the vault announced
   * @throws RefusedException {@code UnwrapFailed} if the material does not unwrap, or is not the
   *     private half of the announced key
   */
  public static ReleasedKey unwrap(
      KeyDescription description, WrappedKey wrapped, SecretBytes aesKey) throws RefusedException {
    SecretBytes material = AesKeyWrap.unwrap(aesKey, wrapped.wrappedMaterial());
    try {
      KeyMatch.require(description.announced(), material);
    } catch (RefusedException mismatch) {
      material.close();
      throw mismatch;
    }
    return new ReleasedKey(description, material);
  }

  /** The same key with material of its own, which whoever takes it closes. */
  public ReleasedKey copy() {
    return new ReleasedKey(description, material.reveal(Purpose.COPY, SecretBytes::copyOf));
  }

  /** What is public about it. */
  public KeyDescription description() {
    return description;
  }

  /** Whether the key can be written so: a symmetric key has no PKCS #8. */
  public boolean allows(KeyEncoding encoding) {
    return encoding != KeyEncoding.PKCS8_PEM
        || !(description.announced() instanceof AnnouncedKey.Oct);
  }

  /**
   * Writes the key; the caller closes the result.
   *
   * @throws IllegalArgumentException if the key does not {@linkplain #allows allow} the encoding
   */
  public SecretBytes encode(KeyEncoding encoding) {
    if (!allows(encoding)) {
      throw new IllegalArgumentException(encoding + " is not for symmetric keys");
    }
    return material.reveal(Purpose.ENCODE, octets -> encode(encoding, octets));
  }

  private SecretBytes encode(KeyEncoding encoding, byte[] octets) {
    try {
      return SecretBytes.takeOwnershipOf(
          switch (encoding) {
            case JWK -> KeyText.jwk(description, octets);
            case PKCS8_PEM -> KeyText.pem(octets);
            case RAW -> Arrays.copyOf(octets, octets.length);
          });
    } catch (RefusedException impossible) {
      throw new IllegalStateException("material that was verified is malformed", impossible);
    }
  }

  @Override
  public void close() {
    material.close();
  }

  /** Its identifier. */
  @Override
  public String toString() {
    return "ReleasedKey[" + description.identifier() + "]";
  }
}
