package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidParameterSpecException;
import java.util.Optional;

/** The curve of all keys of TDX evidence, NIST P-256 (FIPS 186-5). */
public final class P256 {

  /** The size of a coordinate, and of r and s of a signature. */
  public static final int NUMBER_BYTES = 32;

  private static final ECParameterSpec CURVE = curve();
  private static final BigInteger PRIME = ((ECFieldFp) CURVE.getCurve().getField()).getP();

  private P256() {}

  /** Whether the key is on this curve, with its generator and order. */
  public static boolean isCurveOf(ECPublicKey key) {
    ECParameterSpec found = key.getParams();
    return found.getCurve().equals(CURVE.getCurve())
        && found.getGenerator().equals(CURVE.getGenerator())
        && found.getOrder().equals(CURVE.getOrder());
  }

  /** The key of a point, x and y in 32 octets each; empty if the point is not on the curve. */
  static Optional<ECPublicKey> publicKey(Bytes point) {
    BigInteger x = new BigInteger(1, point.slice(0, NUMBER_BYTES).toArray());
    BigInteger y = new BigInteger(1, point.slice(NUMBER_BYTES, NUMBER_BYTES).toArray());
    return isOnCurve(x, y) ? Optional.of(publicKey(new ECPoint(x, y))) : Optional.empty();
  }

  /** The point at infinity has no coordinates, so it is not among what is looked at here. */
  private static boolean isOnCurve(BigInteger x, BigInteger y) {
    if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0) {
      return false;
    }
    BigInteger right = x.pow(2).add(CURVE.getCurve().getA()).multiply(x);
    return y.pow(2).mod(PRIME).equals(right.add(CURVE.getCurve().getB()).mod(PRIME));
  }

  private static ECPublicKey publicKey(ECPoint point) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      return (ECPublicKey) factory.generatePublic(new ECPublicKeySpec(point, CURVE));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("the Java runtime refuses a point of P-256", absent);
    }
  }

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (NoSuchAlgorithmException | InvalidParameterSpecException absent) {
      throw new IllegalStateException("the Java runtime has no curve P-256", absent);
    }
  }
}
