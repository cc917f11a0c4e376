package dev.keygate.evidence.tpm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmReplyTest {

  private static final RsaDecrypt DECRYPT =
      new RsaDecrypt(
          GoldenCommands.OBJECT,
          TpmAuthorization.closingPolicySession(GoldenCommands.SESSION),
          Bytes.zeros(256),
          RsaScheme.RSAES);

  @Test
  void isAFailureWithTheCodeThatTheTpmGave() throws EvidenceFormatException {
    TpmReply<NvPublic> reply =
        new NvReadPublic(AzureTpm.HCL_REPORT).parseReply(octets("80010000000a0000018b"));

    assertThat(reply)
        .isEqualTo(new TpmReply.Failure<>(TpmResponseCode.ofHandle(TpmError.HANDLE, 1)));
  }

  @Test
  void carriesWhatWasRead() throws EvidenceFormatException {
    TpmReply<Bytes> reply =
        NvRead.asOwner(AzureTpm.HCL_REPORT, 4, 0)
            .parseReply(
                octets("80020000001900000000" + "00000006" + "000448434c41" + "0000010000"));

    assertThat(reply).isEqualTo(new TpmReply.Success<>(Bytes.ofUtf8("HCLA")));
  }

  @Test
  void readsPcrValuesForExactlyTheReturnedSelection() throws EvidenceFormatException {
    String value = "11".repeat(32);
    TpmReply<PcrReading> reply =
        new PcrRead(PcrSelection.of(1, 7))
            .parseReply(
                octets(
                    "80010000003e00000000"
                        + "00000009"
                        + "00000001000b03020000"
                        + "00000001"
                        + "0020"
                        + value));

    assertThat(reply)
        .isInstanceOfSatisfying(
            TpmReply.Success.class,
            success ->
                assertThat(((PcrReading) success.result()).values().values())
                    .containsOnlyKeys(1)
                    .containsValue(Bytes.fromHex(value)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, ''",
    "cut in the header, 80010000000a0000",
    "size of another response, 80010000000b00000000",
    "tag of another device, 00c40000000c000000000000",
    "cut in the data, 80020000001300000000000000060004484343",
    "parameters beyond the end, 80020000001900000000000000ff000448434c410000010000",
    "more data than asked for, 80020000001a00000000000000070005 48434c41420000010000",
    "more after the data, 80020000001a000000000000000700 0448434c41000000010000"
  })
  void refusesMalformedResponses(String defect, String hex) {
    NvRead command = NvRead.asOwner(AzureTpm.HCL_REPORT, 4, 0);

    assertThatThrownBy(() -> command.parseReply(octets(hex.replace(" ", ""))))
        .as(defect)
        .isInstanceOf(EvidenceFormatException.class);
  }

  @Test
  void holdsAPlaintextThatShowsNothingAndIsZeroed() throws EvidenceFormatException {
    byte[] response = octets("80020000001600000000" + "00000005" + "0003414243" + "000000");
    TpmReply<DecryptedMessage> reply = DECRYPT.parseReply(response);

    assertThat(reply).isInstanceOf(TpmReply.Success.class);
    DecryptedMessage message = ((TpmReply.Success<DecryptedMessage>) reply).result();
    assertThat(message.reveal()).containsExactly('A', 'B', 'C');
    assertThat(message.toString()).doesNotContain("414243", "ABC");
    message.close();
    assertThat(message.reveal()).containsOnly(0);
  }

  @Test
  void refusesAPlaintextThatIsLongerThanItsResponse() {
    byte[] response = octets("80020000001600000000" + "00000005" + "0009414243" + "000000");

    assertThatThrownBy(() -> DECRYPT.parseReply(response))
        .isInstanceOf(EvidenceFormatException.class);
  }

  @Property(tries = 2000)
  void readsAnyBytesOrRefusesThem(@ForAll byte[] body, @ForAll boolean withSessions) {
    byte[] response = new byte[10 + body.length];
    response[0] = (byte) 0x80;
    response[1] = (byte) (withSessions ? 2 : 1);
    response[4] = (byte) (response.length >>> 8);
    response[5] = (byte) response.length;
    System.arraycopy(body, 0, response, 10, body.length);
    List<TpmCommand<?>> commands = List.copyOf(GoldenCommands.byName().values());

    for (TpmCommand<?> command : commands) {
      Throwable thrown = catchThrowable(() -> command.parseReply(response));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(EvidenceFormatException.class);
      }
    }
  }

  @Test
  void namesTheHandleOfANewSession() throws EvidenceFormatException {
    TpmReply<TpmHandle> reply =
        new StartAuthSession(StartAuthSession.SessionKind.POLICY, Bytes.zeros(16))
            .parseReply(octets("80010000001200000000" + "03000001" + "0002aabb"));

    assertThat(reply).isEqualTo(new TpmReply.Success<>(new TpmHandle(0x03000001)));
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
