package dev.keygate.sidecar.testing;

import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.unwrap.AnnouncedKey;
import dev.keygate.sidecar.unwrap.KeyDescription;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import dev.keygate.sidecar.unwrap.WrappedKey;
import java.util.Arrays;
import java.util.List;

/** Keys as they are after their release. */
public final class ReleasedKeys {

  /** A version. */
  public static final String FIRST = "11111111111111111111111111111111";

  /** A later version. */
  public static final String SECOND = "22222222222222222222222222222222";

  private ReleasedKeys() {}

  /** A symmetric key of 32 octets, all of them the same. */
  public static ReleasedKey oct(String version, int octet) {
    byte[] material = new byte[32];
    Arrays.fill(material, (byte) octet);
    return unwrap(version, new AnnouncedKey.Oct(), material);
  }

  /** The target key of {@link Keys}. */
  public static ReleasedKey rsa(String version) {
    Bytes modulus = Bytes.copyOf(Keys.publicKey(Keys.TARGET).getModulus().toByteArray(), 1, 256);
    return unwrap(
        version,
        new AnnouncedKey.Rsa(modulus, Bytes.fromHex("010001")),
        Keys.TARGET.getPrivate().getEncoded());
  }

  private static ReleasedKey unwrap(String version, AnnouncedKey announced, byte[] material) {
    try (SecretBytes aesKey = SecretBytes.takeOwnershipOf(WrappedMaterial.aesKey())) {
      return ReleasedKey.unwrap(
          new KeyDescription(
              KeyIdentifier.parse("https://contoso.vault.azure.net/keys/orders/" + version),
              announced,
              List.of("decrypt")),
          new WrappedKey(
              KeyEncryption.RSA_AES_KEY_WRAP_256,
              Bytes.zeros(256),
              Bytes.copyOf(WrappedMaterial.wrap(WrappedMaterial.aesKey(), material))),
          aesKey);
    } catch (EndpointFormatException | RefusedException e) {
      throw new IllegalStateException(e);
    }
  }
}
