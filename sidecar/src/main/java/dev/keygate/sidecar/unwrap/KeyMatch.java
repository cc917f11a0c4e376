package dev.keygate.sidecar.unwrap;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/** Holds unwrapped material against what the vault announced. */
final class KeyMatch {

  /** AES keys; an imported symmetric key may also have up to 64 bytes. */
  private static final Set<Integer> OCT_BYTES = Set.of(16, 24, 32, 48, 64);

  private KeyMatch() {}

  /**
   * @throws RefusedException {@code UnwrapFailed} if the material is not the private half of the
   *     announced key
   */
  static void require(AnnouncedKey announced, SecretBytes material) throws RefusedException {
    switch (announced) {
      case AnnouncedKey.Rsa rsa ->
          material.reveal(Purpose.VERIFY, octets -> requireRsa(rsa, octets));
      case AnnouncedKey.Ec ec -> material.reveal(Purpose.VERIFY, octets -> requireEc(ec, octets));
      case AnnouncedKey.Oct _ -> {
        if (!OCT_BYTES.contains(material.size())) {
          throw Unwrapping.failed("its material does not have the size of a symmetric key");
        }
      }
    }
  }

  private static Bytes requireRsa(AnnouncedKey.Rsa announced, byte[] octets)
      throws RefusedException {
    Pkcs8.RsaPlaces places = Pkcs8.rsa(octets);
    Bytes modulus = at(octets, places.n());
    if (!announced.modulus().equals(modulus)
        || !announced.exponent().equals(at(octets, places.e()))) {
      throw Unwrapping.failed("it is another RSA key than the vault announced");
    }
    return modulus;
  }

  /** Multiplies the curve's base point, which the JDK offers for no curve. */
  private static Bytes requireEc(AnnouncedKey.Ec announced, byte[] octets) throws RefusedException {
    DerRange place = Pkcs8.ec(octets, announced.curve());
    BigInteger number = new BigInteger(1, octets, place.offset(), place.length());
    X9ECParameters curve = CustomNamedCurves.getByName(announced.curve().joseName());
    if (number.signum() == 0 || number.compareTo(curve.getN()) >= 0) {
      throw Unwrapping.failed("its number is not one of " + announced.curve().joseName());
    }
    ECPoint point = curve.getG().multiply(number).normalize();
    Bytes x = Bytes.copyOf(point.getAffineXCoord().getEncoded());
    if (!announced.x().equals(x)
        || !announced.y().equals(Bytes.copyOf(point.getAffineYCoord().getEncoded()))) {
      throw Unwrapping.failed("it is another key than the vault announced");
    }
    return x;
  }

  private static Bytes at(byte[] octets, DerRange place) {
    return Bytes.copyOf(octets, place.offset(), place.length());
  }
}
