package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;

/** Reads a parameter area and counts, so that an error names the parameter by its number. */
final class ParameterCursor {

  /** Reads one parameter. */
  @FunctionalInterface
  interface Reader<T> {
    T readFrom(ByteCursor in) throws EvidenceFormatException;
  }

  private final ByteCursor in;
  private int number;

  ParameterCursor(Bytes parameters) {
    in = ByteCursor.bigEndian("TPM command", parameters);
  }

  <T> T read(Reader<T> reader) throws MalformedCommandException {
    number++;
    try {
      return reader.readFrom(in);
    } catch (EvidenceFormatException malformed) {
      // A field that lies beyond the end is not consumed; one with a bad value is.
      boolean cut = in.position() == malformed.offsetBytes();
      throw refused(cut ? TpmError.INSUFFICIENT : TpmError.VALUE);
    }
  }

  int u16(String field) throws MalformedCommandException {
    return read(cursor -> cursor.u16(field));
  }

  TpmHandle handle(String field) throws MalformedCommandException {
    return read(cursor -> new TpmHandle((int) cursor.u32(field)));
  }

  Bytes sized16(int maxBytes, String field) throws MalformedCommandException {
    return read(cursor -> cursor.sized16(maxBytes, field));
  }

  /** A sized parameter whose other values nobody here has a use for. */
  void emptySized16(String field) throws MalformedCommandException {
    if (!sized16(64, field).isEmpty()) {
      throw refused(TpmError.VALUE);
    }
  }

  /** A signing scheme: the key's own, said or left open. */
  void signatureScheme() throws MalformedCommandException {
    RsaScheme scheme = read(RsaScheme::readFrom);
    if (!scheme.equals(RsaScheme.NONE) && !scheme.equals(RsaScheme.RSASSA_SHA256)) {
      throw refused(TpmError.SCHEME);
    }
  }

  void requireExhausted() throws MalformedCommandException {
    if (in.remaining() > 0) {
      throw new MalformedCommandException(TpmResponseCode.of(TpmError.SIZE));
    }
  }

  private MalformedCommandException refused(TpmError error) {
    return new MalformedCommandException(TpmResponseCode.ofParameter(error, number));
  }
}
