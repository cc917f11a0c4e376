package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the few DER values that vendors' certificate extensions hold (X.690). */
final class DerReader {

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int ENUMERATED = 0x0A;
  private static final int IA5_STRING = 0x16;
  private static final int SEQUENCE = 0x30;
  private static final int LONG_FORM = 0x80;
  private static final int MAX_LENGTH_OCTETS = 3;

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
    return unsignedInteger(format, field, der, 0xFF);
  }

  /** An INTEGER from 0 to {@code max} in the shortest form, however many octets that takes. */
  static int unsignedInteger(String format, String field, Bytes der, int max)
      throws EvidenceFormatException {
    return new DerReader(format, field, der).number(INTEGER, "an INTEGER", max);
  }

  /** An ENUMERATED from 0 to {@code max}. */
  static int enumerated(String format, String field, Bytes der, int max)
      throws EvidenceFormatException {
    return new DerReader(format, field, der).number(ENUMERATED, "an ENUMERATED", max);
  }

  /** The content octets of an OBJECT IDENTIFIER that is all there is. */
  static Bytes objectIdentifier(String format, String field, Bytes der)
      throws EvidenceFormatException {
    return new DerReader(format, field, der).only(OBJECT_IDENTIFIER, "an OBJECT IDENTIFIER");
  }

  /** The elements, tag and length included, of a SEQUENCE that is all there is. */
  static List<Bytes> sequence(String format, String field, Bytes der, int maxElements)
      throws EvidenceFormatException {
    Bytes content = new DerReader(format, field, der).only(SEQUENCE, "a SEQUENCE");
    DerReader reader = new DerReader(format, field, content);
    List<Bytes> elements = new ArrayList<>();
    while (reader.cursor.remaining() > 0) {
      int start = reader.cursor.position();
      if (elements.size() == maxElements) {
        throw reader.cursor.invalid(start, field, "at most " + maxElements + " elements", "more");
      }
      reader.cursor.u8(field);
      reader.cursor.take(reader.length(), field);
      elements.add(content.slice(start, reader.cursor.position() - start));
    }
    return List.copyOf(elements);
  }

  private int number(int tag, String expected, int max) throws EvidenceFormatException {
    Bytes content = only(tag, expected);
    boolean negative = !content.isEmpty() && content.at(0) >= 0x80;
    boolean padded = content.size() > 1 && content.at(0) == 0 && content.at(1) < 0x80;
    long value = 0;
    for (int i = 0; i < content.size() && value <= max; i++) {
      value = value << 8 | content.at(i);
    }
    if (content.isEmpty() || negative || padded || value > max) {
      throw cursor.invalid(
          0, field, expected + " from 0 to " + max + " in its shortest form", content.toString());
    }
    return (int) value;
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
      throw cursor.invalid(start, field, "a length below 16777216", octets + " length bytes");
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = length << 8 | cursor.u8(field);
    }
    int shortest = octets == 1 ? LONG_FORM : 1 << (8 * (octets - 1));
    if (length < shortest) {
      throw cursor.invalid(start, field, "the shortest form of a length", "a longer one");
    }
    return length;
  }
}
