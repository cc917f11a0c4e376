package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;

/**
 * A well-formed TD quote of version 4 or 5 (Intel TDX DCAP Quoting Library API, appendix "Quote
 * format"). Well-formed says nothing about who signed it: only {@code verify} decides that.
 *
 * <pre>
 *   version 4                          version 5
 *     0  header                  48      0  header              48
 *    48  TDX 1.0 body           584     48  body type            2   2: TDX 1.0, 3: TDX 1.5
 *   632  signature data size      4     50  body size            4   584 or 648
 *   636  signature data                 54  body
 *                                        …  signature data size  4
 *                                        …  signature data
 * </pre>
 *
 * Zeros may follow, as the host service of Azure adds them, and nothing else may. Instances are
 * immutable.
 */
public final class TdQuote {

  /** Far above the 5006 octets of today's quotes, and little enough to hold in memory. */
  public static final int MAX_BYTES = 64 * 1024;

  static final String FORMAT = "TD quote";
  static final int VERSION_4 = 4;
  static final int VERSION_5 = 5;

  private final Bytes raw;
  private final TdQuoteHeader header;
  private final TdQuoteBody body;
  private final TdQuoteSignatureData signatureData;

  private TdQuote(
      Bytes raw, TdQuoteHeader header, TdQuoteBody body, TdQuoteSignatureData signatureData) {
    this.raw = raw;
    this.header = header;
    this.body = body;
    this.signatureData = signatureData;
  }

  /**
   * Reads a quote and the zeros after it.
   *
   * @throws EvidenceFormatException unless every size, type and number is one that the format has,
   *     reserved octets and bits are zero, the attestation key is a point of P-256, and the PCK
   *     chain is three certificates in PEM
   */
  public static TdQuote parse(Bytes bytes) throws EvidenceFormatException {
    ByteCursor cursor = ByteCursor.littleEndian(FORMAT, bytes);
    if (bytes.size() > MAX_BYTES) {
      throw cursor.invalid(0, "size", "at most " + MAX_BYTES + " bytes", bytes.size() + " bytes");
    }
    TdQuoteHeader header = TdQuoteHeader.read(cursor);
    TdxBody layout = header.version() == VERSION_4 ? TdxBody.TDX_1_0 : describedBody(cursor);
    int bodyOffset = cursor.position();
    Bytes octets = cursor.take(layout.sizeBytes(), "body");
    TdQuoteBody body = TdQuoteBody.read(layout, octets, bodyOffset);
    TdQuoteSignatureData signatureData = TdQuoteSignatureData.read(cursor);
    Bytes raw = bytes.slice(0, cursor.position());
    cursor.requireZero(cursor.remaining(), "trailer");
    return new TdQuote(raw, header, body, signatureData);
  }

  /** The octets of the quote without the zeros after it. */
  public Bytes raw() {
    return raw;
  }

  /** The octets that the signature covers: everything before the size of the signature data. */
  public Bytes signedBytes() {
    int description = header.version() == VERSION_4 ? 0 : Short.BYTES + Integer.BYTES;
    return raw.slice(0, TdQuoteHeader.SIZE_BYTES + description + body.raw().size());
  }

  /** Version and makers. */
  public TdQuoteHeader header() {
    return header;
  }

  /** What is said of the TD. */
  public TdQuoteBody body() {
    return body;
  }

  /** Who says it. */
  public TdQuoteSignatureData signatureData() {
    return signatureData;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TdQuote that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  /** The version and the launch measurement, not the content. */
  @Override
  public String toString() {
    return FORMAT + " v" + header.version() + ", " + body;
  }

  private static TdxBody describedBody(ByteCursor cursor) throws EvidenceFormatException {
    int offset = cursor.position();
    int type = cursor.u16("body type");
    for (TdxBody layout : TdxBody.values()) {
      if (layout.type() == type) {
        long size = cursor.u32("body size");
        if (size != layout.sizeBytes()) {
          throw cursor.invalid(
              offset + Short.BYTES, "body size", "" + layout.sizeBytes(), Long.toString(size));
        }
        return layout;
      }
    }
    throw cursor.invalid(offset, "body type", "2 (TDX 1.0) or 3 (TDX 1.5)", Integer.toString(type));
  }
}
