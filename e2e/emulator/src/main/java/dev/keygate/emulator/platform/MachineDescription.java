package dev.keygate.emulator.platform;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.snp.TcbVersion;
import java.util.UUID;

/**
 * What a machine is.
 *
 * @param name the name of the virtual machine
 * @param vmId its GUID, which the paravisor states as vmUniqueId
 * @param region the Azure region, such as {@code westeurope}
 * @param tcb the reported TCB of its processor
 * @param hardwareId the chip, as many octets as the vendor's product identifies one by
 * @param launch how it was started
 * @param defects what is wrong with it
 */
public record MachineDescription(
    String name,
    UUID vmId,
    String region,
    TcbVersion tcb,
    Bytes hardwareId,
    LaunchModes launch,
    MachineDefects defects) {

  private static final String DEFAULT_REGION = "westeurope";

  /** Microcode 0xDB, SNP firmware 0x18, boot loader 4: a Milan of the year 2025. */
  private static final TcbVersion DEFAULT_TCB = new TcbVersion(0xDB18_0000_0000_0004L);

  /**
   * How a machine was started.
   *
   * @param debug whether its host may look into it
   * @param secureBoot whether its firmware starts signed boot loaders only
   */
  public record LaunchModes(DebugMode debug, SecureBootMode secureBoot) {

    /** What production machines have. */
    public static final LaunchModes STRICT =
        new LaunchModes(DebugMode.DISABLED, SecureBootMode.ENABLED);
  }

  /**
   * A sound machine with a Milan or Genoa processor in West Europe; GUID and chip follow from its
   * name.
   */
  public static MachineDescription named(String name) {
    Bytes seed = Bytes.ofUtf8(name);
    return new MachineDescription(
        name,
        UUID.nameUUIDFromBytes(seed.toArray()),
        DEFAULT_REGION,
        DEFAULT_TCB,
        Digest.SHA512.of(seed),
        LaunchModes.STRICT,
        MachineDefects.NONE);
  }

  /** The same machine with another GUID. */
  public MachineDescription withVmId(UUID other) {
    return new MachineDescription(name, other, region, tcb, hardwareId, launch, defects);
  }

  /** The same machine in another region. */
  public MachineDescription inRegion(String other) {
    return new MachineDescription(name, vmId, other, tcb, hardwareId, launch, defects);
  }

  /** The same machine on another chip or at another TCB. */
  public MachineDescription on(Bytes otherHardwareId, TcbVersion otherTcb) {
    return new MachineDescription(name, vmId, region, otherTcb, otherHardwareId, launch, defects);
  }

  /** The same machine started otherwise. */
  public MachineDescription started(LaunchModes other) {
    return new MachineDescription(name, vmId, region, tcb, hardwareId, other, defects);
  }

  /** The same machine with these things wrong, and no others. */
  public MachineDescription withDefects(MachineDefects others) {
    return new MachineDescription(name, vmId, region, tcb, hardwareId, launch, others);
  }
}
