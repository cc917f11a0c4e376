package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a response: code, handles and the parameter area; the session area that may follow
 * says nothing to a client that uses no HMAC.
 *
 * @param code the response code; without success there are no handles and no parameters
 */
record ResponseFrame(TpmResponseCode code, List<TpmHandle> handles, Bytes parameters) {

  static final int NO_SESSIONS = 0x8001;
  static final int SESSIONS = 0x8002;

  /** Commands and responses of a TPM have at most 4096 bytes. */
  static final int MAX_BYTES = 4096;

  static final String FORMAT = "TPM response";

  private static final int HEADER_BYTES = 10;

  ResponseFrame {
    handles = List.copyOf(handles);
  }

  static ResponseFrame parse(TpmCommandCode command, Bytes response)
      throws EvidenceFormatException {
    ByteCursor in = ByteCursor.bigEndian(FORMAT, response);
    int tag = in.u16("tag");
    requireSize(in, response.size());
    TpmResponseCode code = new TpmResponseCode((int) in.u32("responseCode"));
    if (!code.equals(TpmResponseCode.SUCCESS)) {
      return new ResponseFrame(code, List.of(), Bytes.EMPTY);
    }
    if (tag != NO_SESSIONS && tag != SESSIONS) {
      throw in.invalid(0, "tag", "8001 or 8002", Integer.toHexString(tag));
    }
    List<TpmHandle> handles = new ArrayList<>();
    for (int i = 0; i < command.responseHandleCount(); i++) {
      handles.add(new TpmHandle((int) in.u32("handle")));
    }
    Bytes parameters = tag == SESSIONS ? sizedParameters(in) : in.takeRemaining();
    return new ResponseFrame(code, handles, parameters);
  }

  private static void requireSize(ByteCursor in, int received) throws EvidenceFormatException {
    int start = in.position();
    long size = in.u32("responseSize");
    if (size != received || size < HEADER_BYTES || size > MAX_BYTES) {
      throw in.invalid(start, "responseSize", received + " as received", Long.toString(size));
    }
  }

  private static Bytes sizedParameters(ByteCursor in) throws EvidenceFormatException {
    int start = in.position();
    long size = in.u32("parameterSize");
    if (size > in.remaining()) {
      throw in.invalid(start, "parameterSize", "at most " + in.remaining(), Long.toString(size));
    }
    return in.take((int) size, "parameters");
  }
}
