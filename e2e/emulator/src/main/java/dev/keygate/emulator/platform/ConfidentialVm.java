package dev.keygate.emulator.platform;

import dev.keygate.emulator.platform.vtpm.SoftwareTpm;
import dev.keygate.emulator.platform.vtpm.TpmFault;
import dev.keygate.emulator.platform.vtpm.TpmSocket;
import dev.keygate.emulator.state.WholeFile;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.TpmPublic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A running confidential virtual machine, as far as its guest and its host can tell: {@code
 * tpm.sock} in its guest folder is the guest's {@code /dev/tpmrm0}, {@code
 * binary_bios_measurements} its event log. Booting again with the same state folder is a reboot of
 * the same machine: its attestation key and owner hierarchy stay, its null hierarchy and PCRs start
 * anew. Safe for use by several threads.
 */
public final class ConfidentialVm implements AutoCloseable {

  private final MachineDescription description;
  private final SoftwareTpm tpm;
  private final TpmSocket socket;
  private final Path eventLog;
  private final TpmPublic attestationKey;
  private final Paravisor paravisor;
  private volatile CollateralAge collateral;

  private ConfidentialVm(
      MachineDescription description, BootedTpm booted, TpmSocket socket, Path eventLog) {
    this.description = description;
    this.tpm = booted.tpm();
    this.attestationKey = booted.attestationKey().area();
    this.paravisor = booted.paravisor();
    this.collateral = collateralOf(description.defects().platform());
    this.socket = socket;
    this.eventLog = eventLog;
  }

  /**
   * Starts a machine; returns when its TPM answers.
   *
   * @param folder folders of its own, made if absent; the guest's path must leave room for a Unix
   *     socket, which has at most 107 bytes
   * @throws IOException if a folder cannot be written, holds something else, or has a longer path
   */
  public static ConfidentialVm boot(
      MachineDescription description, Hardware hardware, MachineFolder folder) throws IOException {
    folder.make();
    byte[] log = BootSequence.written(description).toArray();
    WholeFile.write(folder.eventLog(), log, MachineFolder.EVENT_LOG_MODE);
    BootedTpm booted = BootedTpm.start(description, hardware, folder.state());
    TpmSocket socket = TpmSocket.listen(folder.socket(), booted.tpm());
    Files.setPosixFilePermissions(
        folder.socket(), PosixFilePermissions.fromString(MachineFolder.SOCKET_MODE));
    return new ConfidentialVm(description, booted, socket, folder.eventLog());
  }

  /** What this machine is. */
  public MachineDescription description() {
    return description;
  }

  /** The Unix socket that stands for the guest's TPM device. */
  public Path tpmSocket() {
    return socket.path();
  }

  /** The file that stands for the guest's boot event log. */
  public Path eventLog() {
    return eventLog;
  }

  /** What the host serves to endorse this machine's processor. */
  public AmdCertification amdCertification() {
    return paravisor.certification(collateral);
  }

  /** Lets the host serve the endorsement of another TCB from now on. */
  public void serveCollateral(CollateralAge age) {
    collateral = age;
  }

  /**
   * What the vendor has of this machine's chip, at the TCB of its reports, the one before and the
   * one after.
   *
   * @return VCEK, ASK and ARK in PEM; empty for another chip or TCB
   */
  public Optional<String> endorsementPem(Bytes chipId, TcbVersion tcb) {
    return paravisor.chainPem(chipId, tcb);
  }

  /** The public area of the attestation key at {@code 81000003}. */
  public TpmPublic attestationKey() {
    return attestationKey;
  }

  /** The present values of the firmware's PCRs, 0 to 7. */
  public PcrValues firmwarePcrs() {
    return tpm.pcrs(PcrSelection.FIRMWARE);
  }

  /** Extends a PCR behind the back of the event log, as a changed boot component would. */
  public void extendPcr(int index, Bytes digest) {
    tpm.extend(index, digest);
  }

  /** Lets this happen to commands of the guest. */
  public void inject(TpmFault fault) {
    tpm.inject(fault);
  }

  /** Lets nothing happen to commands any more. */
  public void clearFaults() {
    tpm.clearFaults();
  }

  private static CollateralAge collateralOf(PlatformDefect defect) {
    return switch (defect) {
      case STALE_COLLATERAL -> CollateralAge.OLDER;
      case NEWER_COLLATERAL -> CollateralAge.NEWER;
      case NONE, EVENT_LOG_INCOMPLETE, OTHER_ATTESTATION_KEY -> CollateralAge.MATCHING;
    };
  }

  /** Stops the TPM; connections to it end. The folder stays. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
