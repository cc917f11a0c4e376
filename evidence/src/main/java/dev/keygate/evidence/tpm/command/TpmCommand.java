package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.Collections;
import java.util.List;

/**
 * A command for a TPM 2.0, without the means to send it. {@link #toBytes()} is one whole command
 * for one write to the device; {@link #parseReply} reads the answer to it.
 *
 * @param <R> what the TPM returns on success
 */
public sealed interface TpmCommand<R>
    permits Certify,
        CreatePrimary,
        FlushContext,
        GetRandom,
        NvDefineSpace,
        NvRead,
        NvReadPublic,
        NvUndefineSpace,
        NvWrite,
        PcrExtend,
        PcrRead,
        PolicyGetDigest,
        PolicyPcr,
        Quote,
        ReadPublic,
        RsaDecrypt,
        StartAuthSession {

  /** The largest command or response, in bytes. */
  int MAX_BYTES = ResponseFrame.MAX_BYTES;

  /** Which command this is. */
  TpmCommandCode code();

  /** The handle area. */
  List<TpmHandle> handles();

  /** The session area: by default an empty password for each handle that needs authorisation. */
  default List<TpmAuthorization> authorizations() {
    return Collections.nCopies(code().authorizationCount(), TpmAuthorization.EMPTY_PASSWORD);
  }

  /** Writes the parameter area. */
  void writeParametersTo(ByteWriter out);

  /**
   * Reads the result from a successful response.
   *
   * @param handles the response's handle area
   * @param parameters the response's parameter area, which is to be read to its end
   */
  R readResult(List<TpmHandle> handles, ByteCursor parameters) throws EvidenceFormatException;

  /** The command as one write to the device: big endian, at most {@link #MAX_BYTES}. */
  default Bytes toBytes() {
    ByteWriter body = ByteWriter.bigEndian();
    handles().forEach(handle -> body.u32(Integer.toUnsignedLong(handle.value())));
    List<TpmAuthorization> authorizations = authorizations();
    if (!authorizations.isEmpty()) {
      ByteWriter sessions = ByteWriter.bigEndian();
      authorizations.forEach(authorization -> authorization.writeTo(sessions));
      body.u32(sessions.size()).bytes(sessions.toBytes());
    }
    writeParametersTo(body);
    int tag = authorizations.isEmpty() ? ResponseFrame.NO_SESSIONS : ResponseFrame.SESSIONS;
    return ByteWriter.bigEndian()
        .u16(tag)
        .u32(CommandFrame.HEADER_BYTES + body.size())
        .u32(code().id())
        .bytes(body.toBytes())
        .toBytes();
  }

  /**
   * Reads the answer to this command.
   *
   * @param response one whole response; the caller keeps the array and may overwrite it afterwards
   */
  default TpmReply<R> parseReply(byte[] response) throws EvidenceFormatException {
    ResponseFrame frame = ResponseFrame.parse(code(), Bytes.copyOf(response));
    if (!frame.code().equals(TpmResponseCode.SUCCESS)) {
      return new TpmReply.Failure<>(frame.code());
    }
    ByteCursor parameters = ByteCursor.bigEndian(code() + " response", frame.parameters());
    R result = readResult(frame.handles(), parameters);
    parameters.requireExhausted();
    return new TpmReply.Success<>(result);
  }
}
