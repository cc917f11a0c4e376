package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PckChain;

/**
 * What follows header and body: the signature over them, the key that made it, and who vouches for
 * that key.
 *
 * @param signature over header and body, in version 5 with what describes the body
 * @param attestationKey the key that made the signature
 * @param certification who vouches for the key
 */
public record TdQuoteSignatureData(
    EcdsaP256Signature signature, AttestationKey attestationKey, QeCertification certification) {

  /** Twice and more what quotes have: a PCK chain has 3.7 KiB. */
  public static final int MAX_BYTES = 16 * 1024;

  /** The enclave of every platform so far has 32. */
  public static final int MAX_AUTHENTICATION_DATA_BYTES = 1024;

  private static final int QE_REPORT_CERTIFICATION_DATA = 6;
  private static final int PCK_CERTIFICATE_CHAIN = 5;

  /** Reads the size and as much; each size within must account for every octet up to the end. */
  static TdQuoteSignatureData read(ByteCursor cursor) throws EvidenceFormatException {
    int offset = cursor.position();
    long size = cursor.u32("signature data size");
    int most = Math.min(MAX_BYTES, cursor.remaining());
    if (size > most) {
      throw cursor.invalid(offset, "signature data size", "at most " + most, Long.toString(size));
    }
    int end = cursor.position() + (int) size;
    EcdsaP256Signature signature = signature(cursor, "ECDSA signature");
    AttestationKey key = AttestationKey.read(cursor);
    requireHead(cursor, QE_REPORT_CERTIFICATION_DATA, end);
    QeReport report = QeReport.parse(cursor.take(QeReport.SIZE_BYTES, "QE report"));
    EcdsaP256Signature reportSignature = signature(cursor, "QE report signature");
    Bytes authentication = cursor.sized16(MAX_AUTHENTICATION_DATA_BYTES, "QE authentication data");
    requireHead(cursor, PCK_CERTIFICATE_CHAIN, end);
    PckChain chain = pckChain(cursor.take(end - cursor.position(), "PCK certificate chain"));
    return new TdQuoteSignatureData(
        signature, key, new QeCertification(report, reportSignature, authentication, chain));
  }

  private static EcdsaP256Signature signature(ByteCursor cursor, String field)
      throws EvidenceFormatException {
    return new EcdsaP256Signature(cursor.take(EcdsaP256Signature.SIZE_BYTES, field));
  }

  /** Type and size of certification data that reaches to the end. */
  private static void requireHead(ByteCursor cursor, int type, int end)
      throws EvidenceFormatException {
    int offset = cursor.position();
    int foundType = cursor.u16("certification data type");
    if (foundType != type) {
      throw cursor.invalid(
          offset, "certification data type", "" + type, Integer.toString(foundType));
    }
    long size = cursor.u32("certification data size");
    if (size != end - cursor.position()) {
      throw cursor.invalid(
          offset + 2,
          "certification data size",
          (end - cursor.position()) + ", up to the end of the signature data",
          Long.toString(size));
    }
  }

  /** Some quoting libraries count the NUL that ends a string of C. */
  private static PckChain pckChain(Bytes text) throws EvidenceFormatException {
    int last = text.size() - 1;
    boolean terminated = last >= 0 && text.at(last) == 0;
    return PckChain.parsePem((terminated ? text.slice(0, last) : text).utf8());
  }
}
