package dev.keygate.emulator.keyvault.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.RsaJwk;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Makes keys. Safe for use by several threads. */
public final class KeyGeneration {

  // secp256k1 left the JDK; one provider for all curves keeps their encodings alike. It takes a
  // tenth of a second to be made, and many labs never need it.
  private static final class Curves {
    static final Provider PROVIDER = new BouncyCastleProvider();

    private Curves() {}
  }

  private final SecureRandom random;

  /** Makes keys of this randomness. */
  public KeyGeneration(SecureRandom random) {
    this.random = random;
  }

  /** A new RSA key. */
  public KeyMaterial rsa(int sizeBits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(sizeBits, random);
      KeyPair pair = generator.generateKeyPair();
      ObjectNode members = Json.object();
      RsaJwk.put(members, (RSAPublicKey) pair.getPublic());
      return KeyMaterial.of(pair.getPrivate().getEncoded(), members);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM makes no RSA key of " + sizeBits + " bits", e);
    }
  }

  /** A new key on a curve. */
  public KeyMaterial ec(Curve curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", Curves.PROVIDER);
      generator.initialize(new ECGenParameterSpec(curve.standardName()), random);
      KeyPair pair = generator.generateKeyPair();
      ECPublicKey point = (ECPublicKey) pair.getPublic();
      BigInteger x = point.getW().getAffineX();
      return KeyMaterial.of(
          pair.getPrivate().getEncoded(), curve.members(x, point.getW().getAffineY()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key on " + curve.wireName() + " can be made", e);
    }
  }

  /** A new symmetric key. */
  public KeyMaterial oct(int sizeBits) {
    byte[] key = new byte[sizeBits / 8];
    random.nextBytes(key);
    KeyMaterial material = KeyMaterial.of(key, Json.object());
    Arrays.fill(key, (byte) 0);
    return material;
  }

  /** A new key of the same type, size and curve. */
  public KeyMaterial like(KeyVersion version) {
    ObjectNode members = version.material().members();
    return switch (version.type()) {
      case RSA, RSA_HSM -> rsa(modulusBits(members));
      case EC, EC_HSM -> ec(Curve.find(members.path("crv").asText()).orElseThrow());
      case OCT_HSM -> oct(version.material().exported().size() * 8);
    };
  }

  private static int modulusBits(ObjectNode members) {
    try {
      return new BigInteger(1, Base64Text.decode(members.path("n").asText())).bitLength();
    } catch (MalformedTextException e) {
      throw new IllegalStateException("the modulus of a key is no base64", e);
    }
  }
}
