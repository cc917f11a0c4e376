package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * The first 48 octets of a quote: version (2 octets at 0), attestation key type (2 at 2, always 2,
 * ECDSA P-256), TEE type (4 at 4, always 0x81), QE SVN (2 at 8), PCE SVN (2 at 10), QE vendor id
 * (16 at 12), user data (20 at 28).
 *
 * @param version 4 or 5
 * @param qeSvn the quoting enclave's version; zero in TD quotes so far, and not to be relied on:
 *     the QE report has the true one
 * @param pceSvn the provisioning enclave's version; likewise
 * @param qeVendorId who made the quoting enclave, a UUID of 16 octets
 * @param userData 20 octets that the quoting enclave chose
 */
public record TdQuoteHeader(int version, int qeSvn, int pceSvn, Bytes qeVendorId, Bytes userData) {

  static final int SIZE_BYTES = 48;

  private static final int ECDSA_P256 = 2;
  private static final long TEE_TDX = 0x81;
  private static final int VENDOR_ID_BYTES = 16;
  private static final int USER_DATA_BYTES = 20;

  static TdQuoteHeader read(ByteCursor cursor) throws EvidenceFormatException {
    int version = cursor.u16("version");
    if (version != TdQuote.VERSION_4 && version != TdQuote.VERSION_5) {
      throw cursor.invalid(0, "version", "4 or 5", Integer.toString(version));
    }
    int keyType = cursor.u16("att_key_type");
    if (keyType != ECDSA_P256) {
      throw cursor.invalid(2, "att_key_type", "2 (ECDSA P-256)", Integer.toString(keyType));
    }
    long teeType = cursor.u32("tee_type");
    if (teeType != TEE_TDX) {
      throw cursor.invalid(4, "tee_type", "0x81 (TDX)", "0x" + Long.toHexString(teeType));
    }
    return new TdQuoteHeader(
        version,
        cursor.u16("qe_svn"),
        cursor.u16("pce_svn"),
        cursor.take(VENDOR_ID_BYTES, "qe_vendor_id"),
        cursor.take(USER_DATA_BYTES, "user_data"));
  }
}
