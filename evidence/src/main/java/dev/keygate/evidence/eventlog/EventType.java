package dev.keygate.evidence.eventlog;

import java.util.Optional;

/**
 * Kinds of events that are told apart here; a log may hold others (TCG PC Client Platform Firmware
 * Profile §10.4.1).
 */
public enum EventType {
  /** Information for the reader of the log; extends nothing. */
  NO_ACTION(0x00000003L),
  /** Ends the measurements of firmware into a PCR. */
  SEPARATOR(0x00000004L),
  S_CRTM_VERSION(0x00000008L),
  EFI_VARIABLE_DRIVER_CONFIG(0x80000001L),
  EFI_VARIABLE_BOOT(0x80000002L),
  EFI_BOOT_SERVICES_APPLICATION(0x80000003L),
  EFI_GPT_EVENT(0x80000006L),
  EFI_ACTION(0x80000007L),
  EFI_PLATFORM_FIRMWARE_BLOB(0x80000008L),
  EFI_VARIABLE_AUTHORITY(0x800000E0L);

  private final long id;

  EventType(long id) {
    this.id = id;
  }

  /** The unsigned 32-bit number in the log. */
  public long id() {
    return id;
  }

  /** The kind with this number, or nothing for one that is not told apart. */
  public static Optional<EventType> of(long id) {
    for (EventType type : values()) {
      if (type.id == id) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
