package dev.keygate.emulator.keyvault.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.RsaJwk;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Key material out of a private JWK (RFC 7518 §6). The private half has to belong to the public
 * one; otherwise the vault would keep a key that opens nothing.
 */
public final class ImportedKey {

  private static final Set<Integer> RSA_SIZES = Set.of(2048, 3072, 4096);
  private static final Set<Integer> OCT_BYTES = Set.of(16, 24, 32);
  private static final int MAX_OCT_BYTES = 64;
  private static final int MAX_NUMBER_LENGTH = 1024;
  private static final int CERTAINTY = 50;

  private ImportedKey() {}

  /**
   * Reads a JWK of this type.
   *
   * @throws MalformedTextException saying which member is not as expected
   */
  public static KeyMaterial read(JsonNode jwk, KeyType type) throws MalformedTextException {
    return switch (type) {
      case RSA, RSA_HSM -> rsa(jwk);
      case EC, EC_HSM -> ec(jwk);
      case OCT_HSM -> oct(jwk);
    };
  }

  private static KeyMaterial rsa(JsonNode jwk) throws MalformedTextException {
    BigInteger n = number(jwk, "n");
    BigInteger e = number(jwk, "e");
    BigInteger d = number(jwk, "d");
    BigInteger p = number(jwk, "p");
    BigInteger q = number(jwk, "q");
    BigInteger dp = number(jwk, "dp");
    BigInteger dq = number(jwk, "dq");
    BigInteger qi = number(jwk, "qi");
    if (!RSA_SIZES.contains(n.bitLength())) {
      throw new MalformedTextException("n: 2048, 3072 or 4096 bits are expected");
    }
    requireFactors(n, p, q);
    requireExponent(e, d, dp, p);
    requireExponent(e, d, dq, q);
    if (!qi.multiply(q).mod(p).equals(BigInteger.ONE)) {
      throw new MalformedTextException("qi: the inverse of q is expected");
    }
    ObjectNode members = Json.object();
    members.put("n", Base64Text.url(RsaJwk.unsigned(n)));
    members.put("e", Base64Text.url(RsaJwk.unsigned(e)));
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    RSAPrivateKey key = new RSAPrivateKey(n, e, d, p, q, dp, dq, qi);
    try {
      return KeyMaterial.of(new PrivateKeyInfo(algorithm, key).getEncoded("DER"), members);
    } catch (IOException ex) {
      throw new IllegalStateException("an RSA key has no encoding", ex);
    }
  }

  private static void requireFactors(BigInteger n, BigInteger p, BigInteger q)
      throws MalformedTextException {
    if (p.bitLength() < 512
        || q.bitLength() < 512
        || !p.multiply(q).equals(n)
        || !p.isProbablePrime(CERTAINTY)
        || !q.isProbablePrime(CERTAINTY)) {
      throw new MalformedTextException("p and q: the prime factors of n are expected");
    }
  }

  private static void requireExponent(BigInteger e, BigInteger d, BigInteger dp, BigInteger p)
      throws MalformedTextException {
    BigInteger order = p.subtract(BigInteger.ONE);
    boolean isInverse = e.multiply(d).mod(order).equals(BigInteger.ONE);
    if (e.bitLength() < 2 || e.bitLength() > 32 || !isInverse || !d.mod(order).equals(dp)) {
      throw new MalformedTextException("e and d: exponents that invert each other are expected");
    }
  }

  private static KeyMaterial ec(JsonNode jwk) throws MalformedTextException {
    Curve curve =
        Curve.find(jwk.path("crv").asText())
            .orElseThrow(() -> new MalformedTextException("crv: a curve is expected"));
    X9ECParameters parameters = ECNamedCurveTable.getByName(curve.standardName());
    BigInteger d = number(jwk, "d");
    if (d.signum() == 0 || d.compareTo(parameters.getN()) >= 0) {
      throw new MalformedTextException("d: a number below the curve's order is expected");
    }
    ECPoint point = parameters.getG().multiply(d).normalize();
    BigInteger x = point.getAffineXCoord().toBigInteger();
    BigInteger y = point.getAffineYCoord().toBigInteger();
    if (!x.equals(number(jwk, "x")) || !y.equals(number(jwk, "y"))) {
      throw new MalformedTextException("x and y: the point of d is expected");
    }
    ECDomainParameters domain =
        new ECNamedDomainParameters(ECNamedCurveTable.getOID(curve.standardName()), parameters);
    try {
      return KeyMaterial.of(
          PrivateKeyInfoFactory.createPrivateKeyInfo(new ECPrivateKeyParameters(d, domain))
              .getEncoded("DER"),
          curve.members(x, y));
    } catch (IOException e) {
      throw new IllegalStateException("a key on " + curve.wireName() + " has no encoding", e);
    }
  }

  private static KeyMaterial oct(JsonNode jwk) throws MalformedTextException {
    byte[] key = octets(jwk, "k");
    if (key.length > MAX_OCT_BYTES) {
      throw new MalformedTextException(
          "k property of oct key is too large, maximum size is " + MAX_OCT_BYTES);
    }
    if (!OCT_BYTES.contains(key.length)) {
      throw new MalformedTextException("k: 128, 192 or 256 bits are expected");
    }
    return KeyMaterial.of(key, Json.object());
  }

  private static BigInteger number(JsonNode jwk, String member) throws MalformedTextException {
    byte[] octets = octets(jwk, member);
    if (octets.length > MAX_NUMBER_LENGTH) {
      throw new MalformedTextException(member + ": a shorter number is expected");
    }
    return new BigInteger(1, octets);
  }

  private static byte[] octets(JsonNode jwk, String member) throws MalformedTextException {
    String text = Json.text(jwk, member).orElse("");
    if (text.isEmpty()) {
      throw new MalformedTextException(member + ": base64url text is expected");
    }
    return Base64Text.decode(text);
  }
}
