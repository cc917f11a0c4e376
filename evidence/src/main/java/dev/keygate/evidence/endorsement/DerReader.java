package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.nio.charset.StandardCharsets;

/** Reads the few DER values that AMD's certificate extensions hold (X.690). */
final class DerReader {

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int IA5_STRING = 0x16;
  private static final int LONG_FORM = 0x80;
  private static final int MAX_LENGTH_OCTETS = 2;

  private final ByteCursor cursor;
  private final String field;

  private DerReader(String format, String field, Bytes der) {
    this.cursor = ByteCursor.bigEndian(format, der);
    this.field = field;
  }

  /** Refuses anything but one element whose length is the length of the array. */
  static void requireOneElement(byte[] der, String format) throws EvidenceFormatException {
    DerReader reader = new DerReader(format, "certificate", Bytes.copyOf(der));
    reader.cursor.u8("tag");
    reader.cursor.take(reader.length(), "content");
    reader.cursor.requireExhausted();
  }

  /** The content of an OCTET STRING that is all there is. */
  static Bytes octetString(String format, String field, Bytes der) throws EvidenceFormatException {
    return new DerReader(format, field, der).only(OCTET_STRING, "an OCTET STRING");
  }

  /** The text of an IA5String that is all there is. */
  static String ia5String(String format, String field, Bytes der) throws EvidenceFormatException {
    Bytes content = new DerReader(format, field, der).only(IA5_STRING, "an IA5String");
    return new String(content.toArray(), StandardCharsets.US_ASCII);
  }

  /** A non-negative INTEGER of one octet's worth: 128 and above take two octets in DER. */
  static int octetInteger(String format, String field, Bytes der) throws EvidenceFormatException {
    DerReader reader = new DerReader(format, field, der);
    Bytes content = reader.only(INTEGER, "an INTEGER");
    boolean oneOctet = content.size() == 1 && content.at(0) < 0x80;
    boolean padded = content.size() == 2 && content.at(0) == 0 && content.at(1) >= 0x80;
    if (!oneOctet && !padded) {
      throw reader.cursor.invalid(0, field, "an INTEGER from 0 to 255", "0x" + content.hex());
    }
    return content.at(content.size() - 1);
  }

  private Bytes only(int tag, String expected) throws EvidenceFormatException {
    int found = cursor.u8(field);
    if (found != tag) {
      throw cursor.invalid(0, field, expected, "tag " + found);
    }
    Bytes content = cursor.take(length(), field);
    cursor.requireExhausted();
    return content;
  }

  private int length() throws EvidenceFormatException {
    int start = cursor.position();
    int first = cursor.u8(field);
    if (first < LONG_FORM) {
      return first;
    }
    int octets = first - LONG_FORM;
    if (octets == 0 || octets > MAX_LENGTH_OCTETS) {
      throw cursor.invalid(start, field, "a length below 65536", octets + " length bytes");
    }
    int length = octets == 1 ? cursor.u8(field) : cursor.u16(field);
    int shortest = octets == 1 ? LONG_FORM : 0x100;
    if (length < shortest) {
      throw cursor.invalid(start, field, "the shortest form of a length", "a longer one");
    }
    return length;
  }
}
