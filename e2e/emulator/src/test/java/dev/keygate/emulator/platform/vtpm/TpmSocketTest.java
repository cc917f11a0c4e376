package dev.keygate.emulator.platform.vtpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.TpmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class TpmSocketTest {

  private static final TpmCommand<?> COMMAND = new PcrRead(PcrSelection.FIRMWARE);

  @TempDir private Path folder;
  private TpmSocket socket;
  private TpmClient client;

  @BeforeEach
  void connect() throws IOException {
    SecureRandom random = new SecureRandom();
    SoftwareTpm tpm = new SoftwareTpm(TpmSeeds.generate(random), 0, random, new FixedTime());
    socket = TpmSocket.listen(folder.resolve("tpm.sock"), tpm);
    client = TpmClient.connect(socket.path());
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    socket.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one byte, 00, 00000142",
    "cut command, 8001000000140000017e00000001, 00000142",
    "two commands in one write, 80010000000c0000017b001080010000000c0000017b0010, 00000142",
    "text, 474554202f20485454502f312e310d0a0d0a, 0000001e",
    "command nobody knows, 80010000000a00000fff, 00000143"
  })
  void answersWhatIsNoCommandAndGoesOn(String defect, String hex, String code)
      throws IOException, EvidenceFormatException {
    byte[] response = client.send(Bytes.fromHex(hex));

    assertThat(Bytes.copyOf(response).hex()).as(defect).isEqualTo("80010000000a" + code);
    assertThat(client.run(new PcrRead(PcrSelection.of(0))).values().selection())
        .isEqualTo(PcrSelection.of(0));
  }

  @Test
  void hangsUpAfterAWriteThatIsTooLong() throws IOException {
    byte[] response = client.send(Bytes.zeros(TpmCommand.MAX_BYTES + 100));

    assertThat(Bytes.copyOf(response).hex()).isEqualTo("80010000000a00000142");
    assertThatThrownBy(() -> client.send(COMMAND.toBytes())).isInstanceOf(IOException.class);
  }

  @Test
  void answersAnyBytes() throws IOException, EvidenceFormatException {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] garbage = new byte[1 + random.nextInt(600)];
      random.nextBytes(garbage);
      if (garbage.length >= 10 && i % 2 == 0) {
        byte[] header = COMMAND.toBytes().slice(0, 10).toArray();
        System.arraycopy(header, 0, garbage, 0, 10);
        garbage[4] = (byte) (garbage.length >>> 8);
        garbage[5] = (byte) garbage.length;
        garbage[9] = (byte) (0x22 + random.nextInt(0x70));
      }
      assertThat(client.send(Bytes.copyOf(garbage))).hasSizeGreaterThanOrEqualTo(10);
    }
    assertThat(client.run(new PcrRead(PcrSelection.of(1))).values().selection().size())
        .isEqualTo(1);
  }

  @Test
  void servesSeveralClientsAtOnce() throws IOException, EvidenceFormatException {
    try (TpmClient second = TpmClient.connect(socket.path());
        TpmClient third = TpmClient.connect(socket.path())) {
      long counter = client.run(new PcrRead(PcrSelection.of(0))).updateCounter();
      assertThat(second.run(new PcrRead(PcrSelection.of(0))).updateCounter()).isEqualTo(counter);
      assertThat(third.run(new PcrRead(PcrSelection.of(0))).updateCounter()).isEqualTo(counter);
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    socket.close();

    assertThat(Files.exists(socket.path())).isFalse();
    assertThatThrownBy(() -> client.send(COMMAND.toBytes())).isInstanceOf(IOException.class);
  }

  @Test
  void refusesAPathThatNoSocketCanHave() {
    Path tooLong = folder.resolve("a".repeat(120));
    SecureRandom random = new SecureRandom();
    SoftwareTpm tpm = new SoftwareTpm(TpmSeeds.generate(random), 0, random, new FixedTime());

    assertThatThrownBy(() -> TpmSocket.listen(tooLong, tpm)).isInstanceOf(IOException.class);
  }
}
