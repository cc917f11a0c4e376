package dev.keygate.emulator.keyvault.crypto;

import dev.keygate.emulator.keyvault.crypto.Algorithm.EcSignature;
import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** ECDSA with a vault's key; a signature is r and s, each as long as a coordinate. */
final class EcKey {

  private final ECPrivateKeyParameters key;
  private final SecureRandom random;

  EcKey(Bytes pkcs8, SecureRandom random) {
    try {
      this.key = (ECPrivateKeyParameters) PrivateKeyFactory.createKey(pkcs8.toArray());
    } catch (IOException e) {
      throw new IllegalStateException("the material of an elliptic-curve key is no PKCS#8", e);
    }
    this.random = random;
  }

  Bytes sign(EcSignature scheme, Bytes digest) throws CryptoException {
    requireDigest(scheme, digest);
    ECDSASigner signer = new ECDSASigner();
    signer.init(true, new ParametersWithRandom(key, random));
    BigInteger[] numbers = signer.generateSignature(digest.toArray());
    return Bytes.concat(
        Bytes.copyOf(scheme.curve().octets(numbers[0])),
        Bytes.copyOf(scheme.curve().octets(numbers[1])));
  }

  boolean isSignature(EcSignature scheme, Bytes digest, Bytes signature) throws CryptoException {
    requireDigest(scheme, digest);
    int half = scheme.curve().coordinateBytes();
    if (signature.size() != 2 * half) {
      return false;
    }
    byte[] both = signature.toArray();
    ECDSASigner signer = new ECDSASigner();
    signer.init(
        false,
        new ECPublicKeyParameters(
            key.getParameters().getG().multiply(key.getD()), key.getParameters()));
    return signer.verifySignature(
        digest.toArray(),
        new BigInteger(1, Arrays.copyOf(both, half)),
        new BigInteger(1, Arrays.copyOfRange(both, half, both.length)));
  }

  private static void requireDigest(EcSignature scheme, Bytes digest) throws CryptoException {
    if (digest.size() != scheme.sha().bytes()) {
      throw new CryptoException(
          scheme.wireName() + " requires a digest of " + scheme.sha().bytes() + " octets");
    }
  }
}
