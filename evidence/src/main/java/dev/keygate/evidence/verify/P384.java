package dev.keygate.evidence.verify;

import java.security.AlgorithmParameters;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidParameterSpecException;

/** The curve of endorsement keys. */
final class P384 {

  private static final ECParameterSpec CURVE = curve();

  private P384() {}

  static boolean isCurveOf(ECPublicKey key) {
    ECParameterSpec found = key.getParams();
    return found.getCurve().equals(CURVE.getCurve())
        && found.getGenerator().equals(CURVE.getGenerator())
        && found.getOrder().equals(CURVE.getOrder());
  }

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp384r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (NoSuchAlgorithmException | InvalidParameterSpecException absent) {
      throw new IllegalStateException("the Java runtime has no curve P-384", absent);
    }
  }
}
