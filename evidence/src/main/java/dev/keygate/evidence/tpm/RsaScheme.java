package dev.keygate.evidence.tpm;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.EnumSet;
import java.util.Set;

/**
 * TPMT_RSA_SCHEME: the padding of an RSA key or operation, with its hash where the padding has one.
 *
 * @param algorithm the padding; {@link TpmAlgorithm#NULL} leaves the choice to the other side
 * @param hash the hash, or {@link TpmAlgorithm#NULL} for a padding without one
 */
public record RsaScheme(TpmAlgorithm algorithm, TpmAlgorithm hash) {

  private static final Set<TpmAlgorithm> PLAIN = EnumSet.of(TpmAlgorithm.NULL, TpmAlgorithm.RSAES);
  private static final Set<TpmAlgorithm> HASHED =
      EnumSet.of(TpmAlgorithm.RSASSA, TpmAlgorithm.RSAPSS, TpmAlgorithm.OAEP);
  private static final Set<TpmAlgorithm> HASHES =
      EnumSet.of(TpmAlgorithm.SHA1, TpmAlgorithm.SHA256, TpmAlgorithm.SHA384, TpmAlgorithm.SHA512);

  /** No scheme: a key that is open to several, or an operation that takes the key's own. */
  public static final RsaScheme NONE = new RsaScheme(TpmAlgorithm.NULL, TpmAlgorithm.NULL);

  /** RSASSA-PKCS1-v1_5 signatures over SHA-256. */
  public static final RsaScheme RSASSA_SHA256 =
      new RsaScheme(TpmAlgorithm.RSASSA, TpmAlgorithm.SHA256);

  /** RSAES-PKCS1-v1_5 encryption. */
  public static final RsaScheme RSAES = new RsaScheme(TpmAlgorithm.RSAES, TpmAlgorithm.NULL);

  /** RSAES-OAEP; a TPM uses the same hash in MGF1. */
  public static final RsaScheme OAEP_SHA256 = new RsaScheme(TpmAlgorithm.OAEP, TpmAlgorithm.SHA256);

  public RsaScheme {
    boolean valid =
        PLAIN.contains(algorithm)
            ? hash == TpmAlgorithm.NULL
            : HASHED.contains(algorithm) && HASHES.contains(hash);
    if (!valid) {
      throw new IllegalArgumentException(algorithm + " with " + hash + " is no RSA scheme");
    }
  }

  /** Reads two bytes, or four where a hash follows. */
  public static RsaScheme readFrom(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    TpmAlgorithm algorithm = algorithm(in);
    if (PLAIN.contains(algorithm)) {
      return new RsaScheme(algorithm, TpmAlgorithm.NULL);
    }
    if (!HASHED.contains(algorithm)) {
      throw in.invalid(start, "scheme", "an RSA scheme", algorithm.name());
    }
    int hashStart = in.position();
    TpmAlgorithm hash = algorithm(in);
    if (!HASHES.contains(hash)) {
      throw in.invalid(hashStart, "hashAlg", "a hash", hash.name());
    }
    return new RsaScheme(algorithm, hash);
  }

  /** Writes two bytes, or four where a hash follows. */
  public void writeTo(ByteWriter out) {
    out.u16(algorithm.id());
    if (HASHED.contains(algorithm)) {
      out.u16(hash.id());
    }
  }

  private static TpmAlgorithm algorithm(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    int id = in.u16("scheme");
    return TpmAlgorithm.of(id)
        .orElseThrow(
            () -> in.invalid(start, "scheme", "an RSA scheme", "0x" + Integer.toHexString(id)));
  }
}
