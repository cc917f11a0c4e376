package dev.keygate.emulator.platform;

import dev.keygate.emulator.platform.vtpm.SoftwareTpm;
import dev.keygate.emulator.platform.vtpm.TpmKey;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.eventlog.BootEvent;
import dev.keygate.evidence.eventlog.EventType;
import dev.keygate.evidence.testing.HclReportBuilder;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;

/**
 * A vTPM as the firmware and the paravisor leave it to the guest.
 *
 * @param tpm the vTPM
 * @param attestationKey its attestation key
 * @param paravisor who writes its HCL report
 */
record BootedTpm(SoftwareTpm tpm, TpmKey attestationKey, Paravisor paravisor) {

  /** The template is the same in every machine; the seeds are not. */
  private static final TpmPublic TEMPLATE = AzureTpm.attestationKeyTemplate(Bytes.zeros(256));

  private static final int AK_CERTIFICATE_INDEX_BYTES = 2048;
  private static final int USER_DATA_BYTES = 64;

  static BootedTpm start(MachineDescription machine, Hardware hardware, Path directory)
      throws IOException {
    MachineState state = MachineState.next(directory, hardware.random());
    SoftwareTpm tpm =
        new SoftwareTpm(state.seeds(), state.resetCount(), hardware.random(), hardware.time());
    TpmKey attestationKey = attestationKey(tpm, state);
    Bytes privateKey = Bytes.copyOf(attestationKey.privateKey().getEncoded());
    new MachineState(state.seeds(), state.resetCount(), privateKey).save(directory);
    for (BootEvent event : BootSequence.of(machine).events()) {
      extend(tpm, event);
    }
    RSAPublicKey publicKey = publicKeyOf(attestationKey);
    provisionCertificate(tpm, publicKey, hardware);
    Paravisor paravisor =
        new Paravisor(machine, hardware.amd(), namedKey(machine, publicKey, hardware.random()));
    provisionReport(tpm, paravisor);
    return new BootedTpm(tpm, attestationKey, paravisor);
  }

  private static TpmKey attestationKey(SoftwareTpm tpm, MachineState state) throws IOException {
    if (!state.attestationKey().isEmpty()) {
      tpm.remember(
          TEMPLATE, TpmKey.restore(TEMPLATE, TpmHandle.ENDORSEMENT, state.attestationKey()));
    }
    TpmKey key = tpm.primary(TpmHandle.ENDORSEMENT, TEMPLATE);
    tpm.persist(AzureTpm.ATTESTATION_KEY, key);
    return key;
  }

  private static void extend(SoftwareTpm tpm, BootEvent event) {
    if (!event.is(EventType.NO_ACTION)) {
      event.sha256().ifPresent(digest -> tpm.extend((int) event.pcrIndex(), digest));
    }
  }

  private static void provisionCertificate(
      SoftwareTpm tpm, RSAPublicKey attestationKey, Hardware hardware) {
    Bytes certificate = hardware.authority().certify(attestationKey, hardware.time().now());
    tpm.provision(AzureTpm.AK_CERTIFICATE, AK_CERTIFICATE_INDEX_BYTES, certificate);
  }

  /** The paravisor writes a new report whenever the guest wrote user data for it. */
  private static void provisionReport(SoftwareTpm tpm, Paravisor paravisor) {
    provisionReport(tpm, paravisor.report(Bytes.EMPTY));
    tpm.onWrite(
        AzureTpm.USER_DATA,
        () -> {
          Bytes written = tpm.read(AzureTpm.USER_DATA).orElse(Bytes.EMPTY);
          Bytes userData = written.slice(0, Math.min(USER_DATA_BYTES, written.size()));
          provisionReport(tpm, paravisor.report(userData));
        });
  }

  private static void provisionReport(SoftwareTpm tpm, Bytes report) {
    int indexBytes = Math.max(HclReportBuilder.NV_INDEX_BYTES, report.size());
    tpm.provision(AzureTpm.HCL_REPORT, indexBytes, report);
  }

  private static RSAPublicKey namedKey(
      MachineDescription machine, RSAPublicKey attestationKey, SecureRandom random) {
    if (machine.defects().platform() != PlatformDefect.OTHER_ATTESTATION_KEY) {
      return attestationKey;
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, random);
      return (RSAPublicKey) generator.generateKeyPair().getPublic();
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("the Java runtime has no RSA", absent);
    }
  }

  private static RSAPublicKey publicKeyOf(TpmKey key) {
    try {
      return key.area().rsaPublicKey();
    } catch (EvidenceFormatException impossible) {
      throw new IllegalStateException("a key of the vTPM has no modulus", impossible);
    }
  }
}
