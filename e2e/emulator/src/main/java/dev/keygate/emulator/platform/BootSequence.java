package dev.keygate.emulator.platform;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.eventlog.BootEvent;
import dev.keygate.evidence.eventlog.EventLog;
import dev.keygate.evidence.eventlog.EventType;
import dev.keygate.evidence.testing.EventLogBuilder;
import java.util.List;

/**
 * What firmware measures while a machine starts: itself, its configuration, secure boot with its
 * keys, and the boot loader.
 */
final class BootSequence {

  private static final int FIRMWARE = 0;
  private static final int FIRMWARE_CONFIGURATION = 1;
  private static final int BOOT_LOADER = 4;
  private static final int BOOT_LOADER_CONFIGURATION = 5;

  private BootSequence() {}

  static EventLog of(MachineDescription machine) {
    return measure(machine).build();
  }

  /** The log as firmware leaves it for the operating system. */
  static Bytes written(MachineDescription machine) {
    if (machine.defects().platform() != PlatformDefect.EVENT_LOG_INCOMPLETE) {
      return measure(machine).toBytes();
    }
    EventLogBuilder incomplete = new EventLogBuilder();
    List<BootEvent> events = of(machine).events();
    events.subList(0, events.size() - 1).forEach(incomplete::event);
    return incomplete.toBytes();
  }

  private static EventLogBuilder measure(MachineDescription machine) {
    boolean secureBoot = machine.launch().secureBoot() == SecureBootMode.ENABLED;
    EventLogBuilder log =
        new EventLogBuilder()
            .measure(FIRMWARE, EventType.S_CRTM_VERSION, Bytes.ofUtf8("Keygate lab firmware 1.0"))
            .measureOther(
                FIRMWARE,
                EventType.EFI_PLATFORM_FIRMWARE_BLOB,
                Bytes.ofUtf8("firmware volume"),
                Bytes.zeros(16))
            .measureVariable("SecureBoot", Bytes.fromHex(secureBoot ? "01" : "00"))
            .measureVariable("PK", Bytes.ofUtf8("platform key of the lab"))
            .measureVariable("KEK", Bytes.ofUtf8("key exchange key of the lab"))
            .measureVariable("db", Bytes.ofUtf8("allowed signers of the lab"))
            .measureVariable("dbx", Bytes.ofUtf8("forbidden signers of the lab"))
            .measure(FIRMWARE_CONFIGURATION, EventType.EFI_VARIABLE_BOOT, Bytes.ofUtf8("BootOrder"))
            .measure(
                BOOT_LOADER,
                EventType.EFI_ACTION,
                Bytes.ofUtf8("Calling EFI Application from Boot Option"))
            .separators();
    return log.measure(
            BOOT_LOADER_CONFIGURATION,
            EventType.EFI_GPT_EVENT,
            Bytes.ofUtf8("disk " + machine.vmId()))
        .measureOther(
            BOOT_LOADER,
            EventType.EFI_BOOT_SERVICES_APPLICATION,
            Bytes.ofUtf8("boot loader image"),
            Bytes.ofUtf8("\\EFI\\BOOT\\BOOTX64.EFI"));
  }
}
