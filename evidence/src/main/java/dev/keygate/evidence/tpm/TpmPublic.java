package dev.keygate.evidence.tpm;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;

/**
 * TPMT_PUBLIC of an RSA object with name algorithm SHA-256 and no symmetric algorithm: a signing
 * key, a plain decryption key, or the template of one (TPM 2.0 Library part 2, §12.2). Storage keys
 * and other key types are refused by the parser.
 *
 * @param attributes what the key may do and for whom
 * @param authPolicy the policy digest that authorises its use, 32 bytes, or empty for none
 * @param parameters key size, scheme and exponent
 * @param unique of a key its modulus, big endian; of a template any value of at most 512 bytes,
 *     which is an input to the derivation of a primary key
 */
public record TpmPublic(
    ObjectAttributes attributes, Bytes authPolicy, RsaParameters parameters, Bytes unique) {

  /** Generous for a TPM2B_PUBLIC: the largest one of this kind has 570 bytes. */
  public static final int MAX_BYTES = 1024;

  private static final String FORMAT = "TPM public area";
  private static final int DIGEST_BYTES = 32;
  private static final int MAX_UNIQUE_BYTES = 512;

  public TpmPublic {
    if (!authPolicy.isEmpty() && authPolicy.size() != DIGEST_BYTES) {
      throw new IllegalArgumentException("a policy digest has 32 bytes or none");
    }
    if (unique.size() > MAX_UNIQUE_BYTES) {
      throw new IllegalArgumentException("unique has at most 512 bytes");
    }
  }

  /** Reads a TPM2B_PUBLIC, its two size bytes included, and nothing after it. */
  public static TpmPublic parseSized(Bytes bytes) throws EvidenceFormatException {
    ByteCursor in = ByteCursor.bigEndian(FORMAT, bytes);
    TpmPublic parsed = readSizedFrom(in);
    in.requireExhausted();
    return parsed;
  }

  /** Reads a TPM2B_PUBLIC and leaves the cursor behind it. */
  public static TpmPublic readSizedFrom(ByteCursor in) throws EvidenceFormatException {
    ByteCursor area = ByteCursor.bigEndian(FORMAT, in.sized16(MAX_BYTES, "TPM2B_PUBLIC"));
    TpmPublic parsed = readFrom(area);
    area.requireExhausted();
    return parsed;
  }

  private static TpmPublic readFrom(ByteCursor in) throws EvidenceFormatException {
    requireId(in, "type", TpmAlgorithm.RSA);
    requireId(in, "nameAlg", TpmAlgorithm.SHA256);
    ObjectAttributes attributes = new ObjectAttributes((int) in.u32("objectAttributes"));
    int policyStart = in.position();
    Bytes authPolicy = in.sized16(DIGEST_BYTES, "authPolicy");
    if (!authPolicy.isEmpty() && authPolicy.size() != DIGEST_BYTES) {
      throw in.invalid(policyStart, "authPolicy", "0 or 32 bytes", authPolicy.size() + " bytes");
    }
    RsaParameters parameters = RsaParameters.readFrom(in);
    return new TpmPublic(
        attributes, authPolicy, parameters, in.sized16(MAX_UNIQUE_BYTES, "unique"));
  }

  /** The TPMT_PUBLIC, without a size in front. */
  public Bytes toBytes() {
    ByteWriter out = ByteWriter.bigEndian();
    out.u16(TpmAlgorithm.RSA.id()).u16(TpmAlgorithm.SHA256.id());
    out.u32(Integer.toUnsignedLong(attributes.bits())).sized16(authPolicy);
    parameters.writeTo(out);
    return out.sized16(unique).toBytes();
  }

  /** The TPM2B_PUBLIC: two size bytes and the TPMT_PUBLIC. */
  public Bytes toSizedBytes() {
    return ByteWriter.bigEndian().sized16(toBytes()).toBytes();
  }

  /** The object's Name, 34 bytes: {@code 000B} and the SHA-256 of the TPMT_PUBLIC. */
  public Bytes name() {
    return named(toBytes().sha256());
  }

  /**
   * The qualified name, 34 bytes, of this object as a primary of a hierarchy: what attestations
   * call their signer.
   */
  public Bytes qualifiedName(TpmHandle hierarchy) {
    Bytes parent = ByteWriter.bigEndian().u32(Integer.toUnsignedLong(hierarchy.value())).toBytes();
    return named(Bytes.concat(parent, name()).sha256());
  }

  /**
   * The public key.
   *
   * @throws EvidenceFormatException if {@code unique} is no modulus of the stated size, as in a
   *     template
   */
  public RSAPublicKey rsaPublicKey() throws EvidenceFormatException {
    BigInteger modulus = new BigInteger(1, unique.toArray());
    if (modulus.bitLength() != parameters.keySizeBits()
        || unique.size() * 8 != parameters.keySizeBits()) {
      throw notAModulus(modulus.bitLength() + " bits in " + unique.size() + " bytes");
    }
    BigInteger exponent = BigInteger.valueOf(parameters.publicExponent());
    try {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (InvalidKeySpecException refused) {
      throw notAModulus("a number the Java runtime refuses");
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("the Java runtime has no RSA", absent);
    }
  }

  private EvidenceFormatException notAModulus(String found) {
    int offset = toBytes().size() - unique.size();
    String expected = "a modulus of " + parameters.keySizeBits() + " bits";
    return new EvidenceFormatException(FORMAT, offset, "unique", expected, found);
  }

  private static Bytes named(Bytes digest) {
    return ByteWriter.bigEndian().u16(TpmAlgorithm.SHA256.id()).bytes(digest).toBytes();
  }

  private static void requireId(ByteCursor in, String field, TpmAlgorithm expected)
      throws EvidenceFormatException {
    int start = in.position();
    int id = in.u16(field);
    if (id != expected.id()) {
      throw in.invalid(start, field, expected.name(), "0x" + Integer.toHexString(id));
    }
  }
}
