package dev.keygate.azure.jose;

import dev.keygate.azure.jose.JwsRefusedException.Check;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Optional;

/** Reads one RSA key of a key set. */
final class JwkKey {

  private static final int SMALLEST_BITS = 2048;
  private static final int LARGEST_BITS = 8192;
  private static final int LARGEST_EXPONENT_BITS = 32;

  private JwkKey() {}

  /** Empty for keys that cannot verify RS256 or are not meant to. */
  static Optional<RSAPublicKey> read(JsonMembers key)
      throws JsonFormatException, JwsRefusedException {
    boolean isForSignatures = key.optionalText("use").orElse("sig").equals("sig");
    if (!key.optionalText("kty").orElse("").equals("RSA") || !isForSignatures) {
      return Optional.empty();
    }
    Optional<RSAPublicKey> certified = ofCertificate(key.texts("x5c"));
    Optional<RSAPublicKey> numbers = ofNumbers(key);
    if (certified.isPresent() && numbers.isPresent() && !same(certified.get(), numbers.get())) {
      throw new JwsRefusedException(
          Check.FORMAT, "a key of the key set is not the key of its certificate");
    }
    return numbers.or(() -> certified).filter(JwkKey::isStrong);
  }

  private static Optional<RSAPublicKey> ofNumbers(JsonMembers key)
      throws JsonFormatException, JwsRefusedException {
    if (!key.has("n") && !key.has("e")) {
      return Optional.empty();
    }
    BigInteger modulus = number(key.text("n"));
    BigInteger exponent = number(key.text("e"));
    if (modulus.bitLength() > LARGEST_BITS || exponent.bitLength() > LARGEST_EXPONENT_BITS) {
      return Optional.empty();
    }
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      RSAPublicKeySpec numbers = new RSAPublicKeySpec(modulus, exponent);
      return Optional.of((RSAPublicKey) factory.generatePublic(numbers));
    } catch (InvalidKeySpecException unusable) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("the Java runtime has no RSA", absent);
    }
  }

  private static BigInteger number(String base64Url) throws JwsRefusedException {
    Bytes octets =
        Base64Url.decode(base64Url)
            .orElseThrow(
                () ->
                    new JwsRefusedException(
                        Check.FORMAT, "a number of the key set is not base64url"));
    // Unsigned, leading zeros insignificant: vaults write the exponent as 00 01 00 01.
    return new BigInteger(1, octets.toArray());
  }

  private static Optional<RSAPublicKey> ofCertificate(List<String> x5c) throws JwsRefusedException {
    if (x5c.isEmpty()) {
      return Optional.empty();
    }
    return CertificateChain.certificate(x5c.getFirst()).getPublicKey() instanceof RSAPublicKey key
        ? Optional.of(key)
        : Optional.empty();
  }

  private static boolean same(RSAPublicKey one, RSAPublicKey other) {
    return one.getModulus().equals(other.getModulus())
        && one.getPublicExponent().equals(other.getPublicExponent());
  }

  private static boolean isStrong(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= SMALLEST_BITS && bits <= LARGEST_BITS && key.getPublicExponent().testBit(0);
  }
}
