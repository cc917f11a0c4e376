package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.TpmAuthorization;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import java.util.List;
import java.util.Optional;

/**
 * What a command that was carried out returns.
 *
 * @param handle the response's handle area
 * @param parameters the response's parameter area
 */
record TpmAnswer(Optional<TpmHandle> handle, Bytes parameters) {

  /** The answer of commands that return nothing. */
  static final TpmAnswer DONE = new TpmAnswer(Optional.empty(), Bytes.EMPTY);

  private static final int NO_SESSIONS = 0x8001;
  private static final int SESSIONS = 0x8002;
  private static final int HEADER_BYTES = 10;

  static TpmAnswer of(ByteWriter parameters) {
    return new TpmAnswer(Optional.empty(), parameters.toBytes());
  }

  /** A whole response that refuses. */
  static Bytes refusal(TpmResponseCode code) {
    return header(NO_SESSIONS, Bytes.EMPTY, code);
  }

  /** A whole response that answers a command with these authorisations. */
  Bytes toBytes(List<TpmAuthorization> authorizations) {
    ByteWriter body = ByteWriter.bigEndian();
    handle.ifPresent(value -> body.u32(Integer.toUnsignedLong(value.value())));
    if (authorizations.isEmpty()) {
      return header(NO_SESSIONS, body.bytes(parameters).toBytes(), TpmResponseCode.SUCCESS);
    }
    body.u32(parameters.size()).bytes(parameters);
    for (TpmAuthorization authorization : authorizations) {
      // No nonce and no HMAC: neither a password nor an unbound policy session proves anything.
      body.u16(0).u8(authorization.attributes()).u16(0);
    }
    return header(SESSIONS, body.toBytes(), TpmResponseCode.SUCCESS);
  }

  private static Bytes header(int tag, Bytes body, TpmResponseCode code) {
    return ByteWriter.bigEndian()
        .u16(tag)
        .u32(HEADER_BYTES + body.size())
        .u32(Integer.toUnsignedLong(code.value()))
        .bytes(body)
        .toBytes();
  }
}
