package dev.keygate.emulator.platform.vtpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.GetRandom;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.PolicyGetDigest;
import dev.keygate.evidence.tpm.command.PolicyPcr;
import dev.keygate.evidence.tpm.command.StartAuthSession;
import dev.keygate.evidence.tpm.command.StartAuthSession.SessionKind;
import dev.keygate.evidence.tpm.command.TpmCommandCode;
import dev.keygate.evidence.tpm.command.TpmError;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class TpmFaultTest {

  private static final PcrRead READ = new PcrRead(PcrSelection.of(4));
  private static final GetRandom RANDOM = new GetRandom(8);

  @TempDir private Path folder;
  private SoftwareTpm tpm;
  private TpmSocket socket;
  private TpmClient client;

  @BeforeEach
  void connect() throws IOException {
    SecureRandom random = new SecureRandom();
    tpm = new SoftwareTpm(TpmSeeds.generate(random), 0, random, new FixedTime());
    socket = TpmSocket.listen(folder.resolve("tpm.sock"), tpm);
    client = TpmClient.connect(socket.path());
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    socket.close();
  }

  @ParameterizedTest
  @CsvSource({"RETRY, 922", "YIELDED, 908", "TESTING, 90A"})
  void isBusyAsOftenAsItIsTold(TpmError error, String code) throws Exception {
    int expected = Integer.parseInt(code, 16);
    tpm.inject(new TpmFault(Optional.empty(), new TpmFault.Effect.Busy(error), 2));

    client.assertRefused(expected, RANDOM);
    client.assertRefused(expected, READ);
    assertThat(client.run(READ).values().selection()).isEqualTo(PcrSelection.of(4));
  }

  @Test
  void isBusyForOneCommandOnly() throws IOException, EvidenceFormatException {
    tpm.inject(
        new TpmFault(
            Optional.of(TpmCommandCode.PCR_READ), new TpmFault.Effect.Busy(TpmError.RETRY), 1));

    client.run(RANDOM);
    client.assertRefused(0x922, READ);
    client.run(READ);
  }

  @Test
  void doesNotCarryOutWhatItIsTooBusyFor() throws IOException, EvidenceFormatException {
    TpmHandle session = session();
    Bytes before = client.run(new PolicyGetDigest(session));
    tpm.inject(
        new TpmFault(
            Optional.of(TpmCommandCode.POLICY_PCR), new TpmFault.Effect.Busy(TpmError.RETRY), 1));

    client.assertRefused(0x922, new PolicyPcr(session, Bytes.EMPTY, PcrSelection.FIRMWARE));

    assertThat(client.run(new PolicyGetDigest(session))).isEqualTo(before);
  }

  @Test
  void findsAPcrExtendedBetweenTwoCommands() throws IOException, EvidenceFormatException {
    Bytes before = client.run(READ).values().digest();
    TpmHandle session = session();
    client.run(new PolicyPcr(session, Bytes.EMPTY, PcrSelection.FIRMWARE));
    tpm.inject(TpmFault.extendedBefore(TpmCommandCode.POLICY_PCR, 4));

    client.assertRefused(0x128, new PolicyPcr(session, Bytes.EMPTY, PcrSelection.FIRMWARE));

    Bytes after = client.run(READ).values().digest();
    assertThat(after).isNotEqualTo(before);
    assertThat(client.run(READ).values().digest()).isEqualTo(after);
  }

  @Test
  void letsTheOldestOfSeveralFaultsStrike() throws IOException, EvidenceFormatException {
    tpm.inject(new TpmFault(Optional.empty(), new TpmFault.Effect.Busy(TpmError.YIELDED), 1));
    tpm.inject(new TpmFault(Optional.empty(), new TpmFault.Effect.Busy(TpmError.RETRY), 1));

    client.assertRefused(0x908, READ);
    client.assertRefused(0x922, READ);
  }

  @Test
  void endsFaultsThatAreCleared() throws IOException, EvidenceFormatException {
    tpm.inject(new TpmFault(Optional.empty(), new TpmFault.Effect.Busy(TpmError.RETRY), 1000));
    client.assertRefused(0x922, READ);

    tpm.clearFaults();

    client.run(READ);
  }

  @ParameterizedTest
  @EnumSource(
      value = TpmError.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RETRY", "YIELDED", "TESTING"})
  void isBusyInNoOtherWay(TpmError error) {
    assertThatIllegalArgumentException().isThrownBy(() -> new TpmFault.Effect.Busy(error));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 24, 1000})
  void extendsNoPcrThatThereIsNot(int pcr) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TpmFault.extendedBefore(TpmCommandCode.QUOTE, pcr));
  }

  @Test
  void takesNoFaultThatNeverStrikesAndNotEndlesslyMany() {
    TpmFault.Effect busy = new TpmFault.Effect.Busy(TpmError.RETRY);
    assertThatIllegalArgumentException().isThrownBy(() -> new TpmFault(Optional.empty(), busy, 0));
    for (int i = 0; i < 100; i++) {
      tpm.inject(new TpmFault(Optional.empty(), busy, 1));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tpm.inject(new TpmFault(Optional.empty(), busy, 1)));
  }

  private TpmHandle session() throws IOException, EvidenceFormatException {
    return client.run(new StartAuthSession(SessionKind.POLICY, Bytes.zeros(16)));
  }
}
