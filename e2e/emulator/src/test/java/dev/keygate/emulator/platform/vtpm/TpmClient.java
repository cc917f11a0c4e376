package dev.keygate.emulator.platform.vtpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.command.TpmCommand;
import dev.keygate.evidence.tpm.command.TpmReply;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** Sends commands as a guest does: one write, one read. */
public final class TpmClient implements AutoCloseable {

  private final SocketChannel channel;

  private TpmClient(SocketChannel channel) {
    this.channel = channel;
  }

  /** Opens the device. */
  public static TpmClient connect(Path socket) throws IOException {
    return new TpmClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /** Runs a command that must succeed. */
  public <R> R run(TpmCommand<R> command) throws IOException, EvidenceFormatException {
    return switch (reply(command)) {
      case TpmReply.Success<R>(R result) -> result;
      case TpmReply.Failure<R>(TpmResponseCode code) ->
          throw new AssertionError(command.code() + " was answered " + code);
    };
  }

  /** Runs a command that must be refused with this code. */
  public void assertRefused(int code, TpmCommand<?> command)
      throws IOException, EvidenceFormatException {
    assertThat(reply(command)).isEqualTo(new TpmReply.Failure<>(new TpmResponseCode(code)));
  }

  /** Sends any bytes in one write; a TPM that hung up is an {@link IOException}. */
  public byte[] send(Bytes bytes) throws IOException {
    channel.write(ByteBuffer.wrap(bytes.toArray()));
    ByteBuffer response = ByteBuffer.allocate(TpmCommand.MAX_BYTES);
    int size = channel.read(response);
    if (size < 0) {
      throw new EOFException("the TPM hung up");
    }
    return Arrays.copyOf(response.array(), size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  <R> TpmReply<R> reply(TpmCommand<R> command) throws IOException, EvidenceFormatException {
    return command.parseReply(send(command.toBytes()));
  }
}
