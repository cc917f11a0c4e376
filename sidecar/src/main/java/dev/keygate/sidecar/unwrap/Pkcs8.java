package dev.keygate.sidecar.unwrap;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.RefusedException;
import java.util.Arrays;

/**
 * Finds the numbers of a private key in PrivateKeyInfo (RFC 5208 §5) without making objects of
 * them: what it returns are places in the array that it was given.
 */
final class Pkcs8 {

  private static final Bytes RSA_ENCRYPTION = Bytes.fromHex("2a864886f70d010101");
  private static final Bytes EC_PUBLIC_KEY = Bytes.fromHex("2a8648ce3d0201");
  private static final int NULL = 0x05;
  private static final int ATTRIBUTES = 0xA0;
  private static final int PARAMETERS = 0xA0;
  private static final int PUBLIC_KEY = 0xA1;

  private Pkcs8() {}

  /** Where the numbers of RSAPrivateKey (RFC 8017 §A.1.2) lie, each without leading zeros. */
  record RsaPlaces(
      DerRange n,
      DerRange e,
      DerRange d,
      DerRange p,
      DerRange q,
      DerRange dp,
      DerRange dq,
      DerRange qi) {}

  static RsaPlaces rsa(byte[] encoding) throws RefusedException {
    DerCursor info = privateKeyInfo(encoding);
    DerCursor algorithm = info.into(DerCursor.SEQUENCE, "privateKeyAlgorithm");
    requireOid(encoding, algorithm, RSA_ENCRYPTION, "an RSA key");
    if (algorithm.isNext(NULL)) {
      algorithm.next(NULL, "parameters");
    }
    algorithm.requireExhausted("privateKeyAlgorithm");
    DerCursor key = privateKey(info);
    key.requireVersion(0);
    RsaPlaces places =
        new RsaPlaces(
            key.positiveInteger("modulus"),
            key.positiveInteger("publicExponent"),
            key.positiveInteger("privateExponent"),
            key.positiveInteger("prime1"),
            key.positiveInteger("prime2"),
            key.positiveInteger("exponent1"),
            key.positiveInteger("exponent2"),
            key.positiveInteger("coefficient"));
    key.requireExhausted("RSAPrivateKey");
    return places;
  }

  /** Where the number of ECPrivateKey (RFC 5915 §3) lies; at most as long as the curve's field. */
  static DerRange ec(byte[] encoding, EcCurve curve) throws RefusedException {
    DerCursor info = privateKeyInfo(encoding);
    DerCursor algorithm = info.into(DerCursor.SEQUENCE, "privateKeyAlgorithm");
    requireOid(encoding, algorithm, EC_PUBLIC_KEY, "a key on an elliptic curve");
    requireOid(encoding, algorithm, curve.oid(), "a key on " + curve.joseName());
    algorithm.requireExhausted("privateKeyAlgorithm");
    DerCursor key = privateKey(info);
    key.requireVersion(1);
    DerRange number = key.next(DerCursor.OCTET_STRING, "privateKey");
    if (number.length() == 0 || number.length() > curve.fieldBytes()) {
      throw Unwrapping.failed("its number does not have the size of " + curve.joseName());
    }
    // Both are optional, and repeat what the algorithm and the announcement say.
    skip(key, PARAMETERS);
    skip(key, PUBLIC_KEY);
    key.requireExhausted("ECPrivateKey");
    return number;
  }

  private static DerCursor privateKeyInfo(byte[] encoding) throws RefusedException {
    DerCursor whole = new DerCursor(encoding);
    DerCursor info = whole.into(DerCursor.SEQUENCE, "PrivateKeyInfo");
    whole.requireExhausted("PrivateKeyInfo");
    info.requireVersion(0);
    return info;
  }

  private static DerCursor privateKey(DerCursor info) throws RefusedException {
    DerCursor octets = info.into(DerCursor.OCTET_STRING, "privateKey");
    skip(info, ATTRIBUTES);
    info.requireExhausted("PrivateKeyInfo");
    DerCursor key = octets.into(DerCursor.SEQUENCE, "the private key");
    octets.requireExhausted("the private key");
    return key;
  }

  private static void skip(DerCursor cursor, int tag) throws RefusedException {
    if (cursor.isNext(tag)) {
      cursor.next(tag, "an optional part");
    }
  }

  private static void requireOid(byte[] encoding, DerCursor in, Bytes oid, String expected)
      throws RefusedException {
    DerRange found = in.next(DerCursor.OBJECT_IDENTIFIER, "algorithm");
    int end = found.offset() + found.length();
    if (!oid.equals(Bytes.copyOf(Arrays.copyOfRange(encoding, found.offset(), end)))) {
      throw Unwrapping.failed("its material is not " + expected + ", as the vault announced");
    }
  }
}
