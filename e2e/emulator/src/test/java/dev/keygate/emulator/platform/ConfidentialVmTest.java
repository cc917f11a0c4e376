package dev.keygate.emulator.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.emulator.platform.MachineDescription.LaunchModes;
import dev.keygate.emulator.platform.vtpm.FixedTime;
import dev.keygate.emulator.platform.vtpm.TpmClient;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.eventlog.EventLog;
import dev.keygate.evidence.eventlog.SecureBoot;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.testing.EndorsementDefect;
import dev.keygate.evidence.testing.HclDefect;
import dev.keygate.evidence.testing.SnpDefect;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.command.Certify;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.CreatedPrimary;
import dev.keygate.evidence.tpm.command.NvDefineSpace;
import dev.keygate.evidence.tpm.command.NvPublic;
import dev.keygate.evidence.tpm.command.NvRead;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.NvWrite;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import dev.keygate.evidence.verify.CertifiedKeyVerifier;
import dev.keygate.evidence.verify.Check;
import dev.keygate.evidence.verify.CvmEvidence;
import dev.keygate.evidence.verify.CvmEvidenceVerifier;
import dev.keygate.evidence.verify.CvmExpectations;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.VerifiedCertifiedKey;
import dev.keygate.evidence.verify.VerifiedEvidence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class ConfidentialVmTest {

  private static final MachineDescription MACHINE = MachineDescription.named("cvm-0");

  @TempDir private static Path sharedFolder;
  private static MachineFolder machineFolder;
  private static Hardware hardware;
  private static CvmEvidenceVerifier verifier;

  @BeforeAll
  static void makeVendor() throws IOException {
    SecureRandom random = new SecureRandom();
    SoftwareAmd amd =
        SoftwareAmd.create(SnpProduct.MILAN, 2048, Instant.parse("2025-01-01T00:00:00Z"), random);
    hardware = new Hardware(amd, random, new FixedTime());
    verifier = new CvmEvidenceVerifier(PinnedRoots.amd().plus(amd.arkDigest()));
    machineFolder = MachineFolder.in(sharedFolder);
    // One folder for most machines: what is kept there spares the attestation key's generation.
    ConfidentialVm.boot(MACHINE, hardware, machineFolder).close();
  }

  @Test
  void provesItselfThroughItsDevice()
      throws IOException, EvidenceFormatException, EvidenceVerificationException {
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder)) {
      VerifiedEvidence verified = verify(vm, strict());

      assertThat(verified.claims().vmConfiguration().vmUniqueId())
          .hasValueSatisfying(
              id -> assertThat(id).isEqualToIgnoringCase(MACHINE.vmId().toString()));
      assertThat(verified.claims().vmConfiguration().secureBoot()).contains(true);
      assertThat(verified.pcrs()).isEqualTo(vm.firmwarePcrs());
    }
  }

  @Test
  void leavesAnEventLogThatReplaysToItsPcrs() throws IOException, EvidenceFormatException {
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder)) {
      EventLog log = eventLogOf(vm);

      assertThat(log.differencesFrom(vm.firmwarePcrs())).isEqualTo(PcrSelection.NONE);
      assertThat(SecureBoot.of(log)).isEqualTo(SecureBoot.ENABLED);
      vm.extendPcr(4, Bytes.zeros(32));
      assertThat(log.differencesFrom(vm.firmwarePcrs())).isEqualTo(PcrSelection.of(4));
    }
  }

  @Test
  void certifiesAKeyOfItsGuest()
      throws IOException, EvidenceFormatException, EvidenceVerificationException {
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder);
        TpmClient tpm = TpmClient.connect(vm.tpmSocket())) {
      PcrValues pcrs = vm.firmwarePcrs();
      byte[] unique = new byte[32];
      hardware.random().nextBytes(unique);
      TpmPublic template =
          AzureTpm.ephemeralKeyTemplate(PolicyDigest.ofPcrs(pcrs), Bytes.copyOf(unique));
      CreatedPrimary key =
          tpm.run(new CreatePrimary(TpmHandle.NULL_HIERARCHY, template, PcrSelection.NONE));
      SignedAttest certification =
          tpm.run(new Certify(key.handle(), AzureTpm.ATTESTATION_KEY, Bytes.EMPTY));

      VerifiedCertifiedKey verified =
          CertifiedKeyVerifier.verify(key.area(), certification, vm.attestationKey(), pcrs);

      assertThat(verified.area()).isEqualTo(key.area());
    }
  }

  @Test
  void isTheSameMachineAfterAReboot() throws IOException, EvidenceFormatException {
    TpmPublic attestationKey;
    TpmPublic ephemeral;
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder)) {
      attestationKey = vm.attestationKey();
      ephemeral = ephemeralKey(vm);
    }
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder)) {
      assertThat(vm.attestationKey()).isEqualTo(attestationKey);
      assertThat(ephemeralKey(vm)).isNotEqualTo(ephemeral);
    }
  }

  @Test
  void isAnotherMachineInAnotherFolder(@TempDir Path folder) throws IOException {
    try (ConfidentialVm here = ConfidentialVm.boot(MACHINE, hardware, machineFolder);
        ConfidentialVm there = ConfidentialVm.boot(MACHINE, hardware, MachineFolder.in(folder))) {
      assertThat(there.attestationKey()).isNotEqualTo(here.attestationKey());
    }
  }

  @Test
  void putsTheGuestsUserDataIntoItsNextReport() throws IOException, EvidenceFormatException {
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder);
        TpmClient tpm = TpmClient.connect(vm.tpmSocket())) {
      Bytes userData = Bytes.fromHex("a5".repeat(64));
      tpm.run(
          new NvDefineSpace(
              new NvPublic(
                  AzureTpm.USER_DATA, NvPublic.OWNER_AND_AUTH_READ_WRITE, Bytes.EMPTY, 64)));

      tpm.run(NvWrite.asOwner(AzureTpm.USER_DATA, userData, 0));

      HclReport report = HclReport.parse(readNv(tpm, AzureTpm.HCL_REPORT));
      assertThat(report.claims().userData()).contains(userData);
      assertThat(report.snpReport())
          .hasValueSatisfying(
              snp -> assertThat(snp.reportData()).isEqualTo(report.expectedReportData()));
    }
  }

  @Test
  void certifiesItsAttestationKey()
      throws IOException, EvidenceFormatException, CertificateException {
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder);
        TpmClient tpm = TpmClient.connect(vm.tpmSocket())) {
      Bytes padded = readNv(tpm, AzureTpm.AK_CERTIFICATE);

      var certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(padded.toArray()));

      assertThat(certificate.getPublicKey()).isEqualTo(vm.attestationKey().rsaPublicKey());
    }
  }

  static Stream<Arguments> machinesThatAreNotBelieved() {
    MachineDescription debuggable =
        MACHINE.started(new LaunchModes(DebugMode.ENABLED, SecureBootMode.ENABLED));
    return Stream.of(
        Arguments.of(debuggable, Check.DEBUG_DISABLED),
        Arguments.of(
            MACHINE.withDefects(MachineDefects.of(SnpDefect.SIGNATURE_BIT_FLIPPED)),
            Check.REPORT_SIGNATURE),
        Arguments.of(
            MACHINE.withDefects(MachineDefects.of(HclDefect.CLAIMS_CHANGED)), Check.HCL_BINDING),
        Arguments.of(
            MACHINE.withDefects(MachineDefects.of(EndorsementDefect.SIGNED_BY_ARK)),
            Check.CHAIN_SIGNATURE),
        Arguments.of(
            MACHINE.withDefects(MachineDefects.of(PlatformDefect.OTHER_ATTESTATION_KEY)),
            Check.AK_IS_HCL_AK_PUB));
  }

  @ParameterizedTest
  @MethodSource("machinesThatAreNotBelieved")
  void isNotBelievedWithADefect(MachineDescription machine, Check check) throws IOException {
    try (ConfidentialVm vm = ConfidentialVm.boot(machine, hardware, machineFolder)) {
      assertThatThrownBy(() -> verify(vm, strict()))
          .isInstanceOfSatisfying(
              EvidenceVerificationException.class,
              refused -> assertThat(refused.check()).isEqualTo(check));
    }
  }

  @Test
  void isNotBelievedWithStaleCollateral() throws IOException {
    MachineDescription stale =
        MACHINE.withDefects(MachineDefects.of(PlatformDefect.STALE_COLLATERAL));
    try (ConfidentialVm vm = ConfidentialVm.boot(stale, hardware, machineFolder)) {
      assertThat(vm.amdCertification().tcbm()).isNotEqualTo(MACHINE.tcb().hex());
      assertThatThrownBy(() -> verify(vm, strict()))
          .isInstanceOf(EvidenceVerificationException.class);
    }
  }

  @Test
  void showsAnIncompleteEventLog() throws IOException, EvidenceFormatException {
    MachineDescription forgetful =
        MACHINE.withDefects(MachineDefects.of(PlatformDefect.EVENT_LOG_INCOMPLETE));
    try (ConfidentialVm vm = ConfidentialVm.boot(forgetful, hardware, machineFolder)) {
      assertThat(eventLogOf(vm).differencesFrom(vm.firmwarePcrs())).isEqualTo(PcrSelection.of(4));
    }
  }

  @Test
  void rebootsOverAnEventLogThatNobodyMayWrite() throws IOException {
    ConfidentialVm.boot(MACHINE, hardware, machineFolder).close();
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder)) {
      assertThat(Files.getPosixFilePermissions(vm.eventLog()))
          .isEqualTo(PosixFilePermissions.fromString("r--r-----"));
    }
  }

  @Test
  void keepsItsPrivateKeysOutOfTheGuestsFolder() throws IOException {
    try (ConfidentialVm vm = ConfidentialVm.boot(MACHINE, hardware, machineFolder)) {
      assertThat(vm.tpmSocket()).hasParent(machineFolder.guest());
      assertThat(machineFolder.guest().toFile().list())
          .containsExactlyInAnyOrder("tpm.sock", "binary_bios_measurements");
      assertThat(Files.getPosixFilePermissions(machineFolder.state()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void measuresThatSecureBootIsOff() throws IOException, EvidenceFormatException {
    MachineDescription open =
        MACHINE.started(new LaunchModes(DebugMode.DISABLED, SecureBootMode.DISABLED));
    try (ConfidentialVm vm = ConfidentialVm.boot(open, hardware, machineFolder)) {
      assertThat(SecureBoot.of(eventLogOf(vm))).isEqualTo(SecureBoot.DISABLED);
      assertThat(evidence(vm).hcl().claims().vmConfiguration().secureBoot())
          .isEqualTo(Optional.of(false));
    }
  }

  @Test
  void refusesAFolderOfSomethingElse(@TempDir Path folder) throws IOException {
    Path state = Files.createDirectory(folder.resolve("state"));
    Files.writeString(state.resolve("machine.state"), "ownerSeed=not hexadecimal\n");

    assertThatThrownBy(() -> ConfidentialVm.boot(MACHINE, hardware, MachineFolder.in(folder)))
        .isInstanceOf(IOException.class);
  }

  private static CvmExpectations strict() {
    return CvmExpectations.strict(Bytes.EMPTY, PcrSelection.FIRMWARE)
        .acceptMissingRevocationLists();
  }

  private static VerifiedEvidence verify(ConfidentialVm vm, CvmExpectations expectations)
      throws IOException, EvidenceFormatException, EvidenceVerificationException {
    AmdCertification certification = vm.amdCertification();
    EndorsementChain chain =
        EndorsementChain.parsePem(certification.vcekPem() + certification.certificateChainPem());
    return verifier.verify(evidence(vm), chain, expectations, FixedTime.NOW);
  }

  private static CvmEvidence evidence(ConfidentialVm vm)
      throws IOException, EvidenceFormatException {
    try (TpmClient tpm = TpmClient.connect(vm.tpmSocket())) {
      return new CvmEvidence(
          HclReport.parse(readNv(tpm, AzureTpm.HCL_REPORT)),
          tpm.run(new ReadPublic(AzureTpm.ATTESTATION_KEY)).area(),
          tpm.run(new Quote(AzureTpm.ATTESTATION_KEY, Bytes.EMPTY, PcrSelection.FIRMWARE)),
          tpm.run(new PcrRead(PcrSelection.FIRMWARE)).values());
    }
  }

  private static Bytes readNv(TpmClient tpm, TpmHandle index)
      throws IOException, EvidenceFormatException {
    int size = tpm.run(new NvReadPublic(index)).dataSizeBytes();
    Bytes content = Bytes.EMPTY;
    while (content.size() < size) {
      int part = Math.min(1024, size - content.size());
      content = Bytes.concat(content, tpm.run(NvRead.asOwner(index, part, content.size())));
    }
    return content;
  }

  private static TpmPublic ephemeralKey(ConfidentialVm vm)
      throws IOException, EvidenceFormatException {
    try (TpmClient tpm = TpmClient.connect(vm.tpmSocket())) {
      TpmPublic template = AzureTpm.ephemeralKeyTemplate(Bytes.zeros(32), Bytes.EMPTY);
      return tpm.run(new CreatePrimary(TpmHandle.NULL_HIERARCHY, template, PcrSelection.NONE))
          .area();
    }
  }

  private static EventLog eventLogOf(ConfidentialVm vm)
      throws IOException, EvidenceFormatException {
    return EventLog.parse(Bytes.copyOf(Files.readAllBytes(vm.eventLog())));
  }
}
