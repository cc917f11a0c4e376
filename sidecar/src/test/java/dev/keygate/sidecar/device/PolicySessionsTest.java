package dev.keygate.sidecar.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.testing.FakeTime;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicySessionsTest {

  private static final int START = 0x176;
  private static final int POLICY_PCR = 0x17F;
  private static final int DECRYPT = 0x159;
  private static final int FLUSH = 0x165;
  private static final Bytes SESSION =
      ByteWriter.bigEndian().u32(0x03000000L).sized16(Bytes.zeros(32)).toBytes();

  private final ScriptedTransport script = new ScriptedTransport();
  private final PolicySessions sessions =
      new PolicySessions(
          new TpmConnection(script, Path.of("/dev/tpm"), new FakeTime()),
          new SecureRandom(),
          PcrValues.of(Map.of(0, Bytes.zeros(32))));

  @Test
  void decryptsInASessionOfItsOwn() throws Exception {
    script.success(SESSION).success(Bytes.EMPTY).raw(plaintext("0102"));

    try (SecretBytes opened = decrypt()) {
      byte[] octets = opened.reveal(Purpose.VERIFY, byte[]::clone);
      assertThat(octets).containsExactly(1, 2);
    }
    assertThat(script.commands()).containsExactly(START, POLICY_PCR, DECRYPT);
  }

  @Test
  void startsAnotherSessionWhenAPcrWasExtendedMeanwhile() throws Exception {
    for (int i = 0; i < 4; i++) {
      moved();
    }
    script.success(SESSION).success(Bytes.EMPTY).raw(plaintext("07"));

    try (SecretBytes opened = decrypt()) {
      assertThat(opened.size()).isEqualTo(1);
    }
    assertThat(script.commands()).filteredOn(code -> code == FLUSH).hasSize(4);
  }

  @Test
  void givesUpAfterFiveSessions() {
    for (int i = 0; i < 9; i++) {
      moved();
    }

    fails(Reason.PcrsMoved);
    assertThat(script.commands()).filteredOn(code -> code == START).hasSize(5);
  }

  @Test
  void saysThatTheAttestedPcrsThemselvesChanged() {
    script.success(SESSION).failure(TpmError.VALUE).success(Bytes.EMPTY);

    fails(Reason.PcrsMoved);
    assertThat(script.commands()).containsExactly(START, POLICY_PCR, FLUSH);
  }

  @ParameterizedTest
  @EnumSource(
      value = TpmError.class,
      names = {"POLICY_FAIL", "VALUE", "SIZE", "SCHEME", "AUTH_TYPE"})
  void refusesWhatTheTpmRefusesAndClosesTheSession(TpmError error) {
    script.success(SESSION).success(Bytes.EMPTY).failure(error).success(Bytes.EMPTY);

    fails(Reason.TpmRefused);
    assertThat(script.commands()).containsExactly(START, POLICY_PCR, DECRYPT, FLUSH);
  }

  private void moved() {
    script.success(SESSION).success(Bytes.EMPTY).failure(TpmError.PCR_CHANGED).success(Bytes.EMPTY);
  }

  private void fails(Reason reason) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(this::decrypt)
        .returns(reason, FailureException::reason);
  }

  private SecretBytes decrypt() throws FailureException, InterruptedException {
    return sessions.decrypt(new TpmHandle(0x80000000), Bytes.zeros(256), RsaScheme.RSAES);
  }

  private static byte[] plaintext(String hex) {
    Bytes parameters = ByteWriter.bigEndian().sized16(Bytes.fromHex(hex)).toBytes();
    Bytes body =
        ByteWriter.bigEndian()
            .u32(parameters.size())
            .bytes(parameters)
            .bytes(Bytes.fromHex("0000010000"))
            .toBytes();
    return ByteWriter.bigEndian()
        .u16(0x8002)
        .u32(10 + body.size())
        .u32(0)
        .bytes(body)
        .toBytes()
        .toArray();
  }
}
