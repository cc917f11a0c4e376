package dev.keygate.emulator.platform.vtpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.TpmHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab's vTPM beside a TPM that others wrote. */
class SwtpmTest {

  private static final Bytes REPORT = Bytes.ofUtf8("HCLA");
  // Azure's index has 2600 bytes; swtpm defines none beyond 2048.
  private static final int REPORT_BYTES = 2000;

  @TempDir private Path folder;

  @Test
  void answersWhatSwtpmAnswers() throws Exception {
    List<String> ofSwtpm;
    try (Swtpm swtpm = Swtpm.start(Files.createDirectory(folder.resolve("swtpm")))) {
      swtpm.persistAttestationKey();
      swtpm.provision(AzureTpm.HCL_REPORT, REPORT_BYTES, REPORT);
      ofSwtpm = GuestTranscript.of(swtpm.client());
    }

    List<String> ofTheLab;
    try (TpmSocket socket = TpmSocket.listen(folder.resolve("tpm.sock"), softwareTpm());
        TpmClient client = TpmClient.connect(socket.path())) {
      ofTheLab = GuestTranscript.of(client);
    }

    assertThat(ofTheLab).containsExactlyElementsOf(specified(ofSwtpm));
  }

  /**
   * TPM2_RSA_Decrypt is specified to answer TPM_RC_VALUE where the padding is wrong (part 3, 14.3);
   * swtpm says no more than that its library failed.
   */
  private static List<String> specified(List<String> ofSwtpm) {
    return ofSwtpm.stream()
        .map(line -> line.replaceFirst("^(decrypting what .*: )0x101$", "$10x84"))
        .toList();
  }

  private static SoftwareTpm softwareTpm() {
    SecureRandom random = new SecureRandom();
    SoftwareTpm tpm = new SoftwareTpm(TpmSeeds.generate(random), 0, random, new FixedTime());
    tpm.persist(
        AzureTpm.ATTESTATION_KEY,
        tpm.primary(TpmHandle.ENDORSEMENT, AzureTpm.attestationKeyTemplate(Bytes.zeros(256))));
    tpm.provision(AzureTpm.HCL_REPORT, REPORT_BYTES, REPORT);
    return tpm;
  }
}
