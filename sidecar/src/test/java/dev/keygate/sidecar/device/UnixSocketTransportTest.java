package dev.keygate.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.keygate.evidence.bytes.Bytes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnixSocketTransportTest {

  private static final byte[] COMMAND = Bytes.fromHex("80010000000a00000144").toArray();

  @TempDir private Path folder;

  @Test
  void putsAResponseTogetherThatComesInPieces() throws Exception {
    try (ServerSocketChannel server = serve("8001", "0000000c00000000", "abcd");
        UnixSocketTransport tpm = UnixSocketTransport.open(socket())) {
      assertThat(tpm.exchange(COMMAND))
          .isEqualTo(Bytes.fromHex("80010000000c00000000abcd").toArray());
      assertThat(server.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "8001",
        "80010000000c00000000",
        "80010000000900000000",
        "8001ffffffff00000000",
        "8001000010010000000000"
      })
  void failsWhenTheResponseIsNone(String response) throws Exception {
    try (ServerSocketChannel server = serve(response);
        UnixSocketTransport tpm = UnixSocketTransport.open(socket())) {
      assertThatIOException().isThrownBy(() -> tpm.exchange(COMMAND));
      assertThat(server.isOpen()).isTrue();
    }
  }

  private Path socket() {
    return folder.resolve("tpm");
  }

  /** Answers one command with these pieces and closes the connection. */
  private ServerSocketChannel serve(String... pieces) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
    Thread.ofVirtual().start(() -> answer(server, List.of(pieces)));
    return server;
  }

  private static void answer(ServerSocketChannel server, List<String> pieces) {
    try (SocketChannel client = server.accept()) {
      client.read(ByteBuffer.allocate(COMMAND.length));
      for (String piece : pieces) {
        client.write(ByteBuffer.wrap(Bytes.fromHex(piece).toArray()));
      }
    } catch (IOException closed) {
      // The test has seen what it came for.
    }
  }
}
