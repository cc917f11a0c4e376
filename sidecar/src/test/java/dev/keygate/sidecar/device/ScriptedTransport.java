package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A TPM that gives the responses it was told to give, whatever it is asked. */
final class ScriptedTransport implements TpmTransport {

  private static final int CODE_OFFSET = 6;

  private final Deque<byte[]> responses = new ArrayDeque<>();
  private final List<Integer> commands = new ArrayList<>();

  /** Next, these octets. */
  ScriptedTransport raw(byte[] response) {
    responses.add(response);
    return this;
  }

  /** Next, a failure. */
  ScriptedTransport failure(TpmError error) {
    return failure(TpmResponseCode.of(error));
  }

  /** Next, a failure. */
  ScriptedTransport failure(TpmResponseCode code) {
    return raw(ByteWriter.bigEndian().u16(0x8001).u32(10).u32(code.value()).toBytes().toArray());
  }

  /** Next, a success without sessions. */
  ScriptedTransport success(Bytes handlesAndParameters) {
    return raw(
        ByteWriter.bigEndian()
            .u16(0x8001)
            .u32(10 + handlesAndParameters.size())
            .u32(0)
            .bytes(handlesAndParameters)
            .toBytes()
            .toArray());
  }

  /** The codes of the commands that came. */
  List<Integer> commands() {
    return List.copyOf(commands);
  }

  @Override
  public byte[] exchange(byte[] command) throws IOException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      code = (code << 8) | (command[CODE_OFFSET + i] & 0xFF);
    }
    commands.add(code);
    byte[] response = responses.poll();
    if (response == null) {
      throw new EOFException("nothing is scripted any more");
    }
    return response;
  }

  @Override
  public void close() {
    responses.clear();
  }
}
