package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.ArrayList;
import java.util.List;

/** The parts of a command, before its parameters are looked at. */
record CommandFrame(
    TpmCommandCode code,
    List<TpmHandle> handles,
    List<TpmAuthorization> authorizations,
    Bytes parameters) {

  static final int HEADER_BYTES = 10;

  private static final String FORMAT = "TPM command";
  private static final int MIN_SESSION_AREA_BYTES = 9;

  CommandFrame {
    handles = List.copyOf(handles);
    authorizations = List.copyOf(authorizations);
  }

  /** Looks at header, handles and sessions in the order of TPM 2.0 Library part 3, §5. */
  static CommandFrame parse(Bytes command) throws MalformedCommandException {
    if (command.size() < HEADER_BYTES || command.size() > ResponseFrame.MAX_BYTES) {
      throw new MalformedCommandException(TpmResponseCode.of(TpmError.COMMAND_SIZE));
    }
    ByteCursor in = ByteCursor.bigEndian(FORMAT, command);
    try {
      int tag = in.u16("tag");
      if (tag != ResponseFrame.NO_SESSIONS && tag != ResponseFrame.SESSIONS) {
        throw new MalformedCommandException(TpmResponseCode.of(TpmError.BAD_TAG));
      }
      if (in.u32("commandSize") != command.size()) {
        throw new MalformedCommandException(TpmResponseCode.of(TpmError.COMMAND_SIZE));
      }
      TpmCommandCode code =
          TpmCommandCode.of(in.u32("commandCode"))
              .orElseThrow(
                  () -> new MalformedCommandException(TpmResponseCode.of(TpmError.COMMAND_CODE)));
      List<TpmHandle> handles = handles(code, in);
      List<TpmAuthorization> authorizations = sessions(tag, code, in);
      return new CommandFrame(code, handles, authorizations, in.takeRemaining());
    } catch (EvidenceFormatException cut) {
      throw new MalformedCommandException(TpmResponseCode.of(TpmError.INSUFFICIENT));
    }
  }

  private static List<TpmHandle> handles(TpmCommandCode code, ByteCursor in)
      throws MalformedCommandException {
    List<TpmHandle> handles = new ArrayList<>();
    for (int number = 1; number <= code.handleCount(); number++) {
      try {
        handles.add(new TpmHandle((int) in.u32("handle")));
      } catch (EvidenceFormatException cut) {
        throw new MalformedCommandException(
            TpmResponseCode.ofHandle(TpmError.INSUFFICIENT, number));
      }
    }
    return handles;
  }

  private static List<TpmAuthorization> sessions(int tag, TpmCommandCode code, ByteCursor in)
      throws MalformedCommandException, EvidenceFormatException {
    if (tag == ResponseFrame.NO_SESSIONS) {
      if (code.authorizationCount() > 0) {
        throw new MalformedCommandException(TpmResponseCode.of(TpmError.AUTH_MISSING));
      }
      return List.of();
    }
    if (code.authorizationCount() == 0) {
      throw new MalformedCommandException(TpmResponseCode.of(TpmError.AUTH_CONTEXT));
    }
    long size = in.u32("authorizationSize");
    if (size < MIN_SESSION_AREA_BYTES || size > in.remaining()) {
      throw new MalformedCommandException(TpmResponseCode.of(TpmError.AUTHSIZE));
    }
    return sessionsIn(in.take((int) size, "sessions"), code);
  }

  private static List<TpmAuthorization> sessionsIn(Bytes area, TpmCommandCode code)
      throws MalformedCommandException {
    List<TpmAuthorization> sessions = new ArrayList<>();
    ByteCursor in = ByteCursor.bigEndian(FORMAT, area);
    while (in.remaining() > 0) {
      if (sessions.size() == code.authorizationCount()) {
        // Sessions beyond the ones that authorise would audit or encrypt, which nobody here does.
        throw new MalformedCommandException(TpmResponseCode.of(TpmError.AUTH_CONTEXT));
      }
      try {
        sessions.add(TpmAuthorization.readFrom(in));
      } catch (EvidenceFormatException malformed) {
        throw new MalformedCommandException(
            TpmResponseCode.ofSession(TpmError.SIZE, sessions.size() + 1));
      }
    }
    if (sessions.size() < code.authorizationCount()) {
      throw new MalformedCommandException(TpmResponseCode.of(TpmError.AUTH_MISSING));
    }
    return sessions;
  }
}
