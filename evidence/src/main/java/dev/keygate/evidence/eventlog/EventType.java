package dev.keygate.evidence.eventlog;

import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of events that are known by name (TCG PC Client Platform Firmware Profile §10.4.1); a
 * log may hold others.
 */
public enum EventType {
  PREBOOT_CERT(0x00000000L),
  POST_CODE(0x00000001L),
  UNUSED(0x00000002L),
  /** Information for the reader of the log; extends nothing. */
  NO_ACTION(0x00000003L),
  /** Ends the measurements of firmware into a PCR. */
  SEPARATOR(0x00000004L),
  ACTION(0x00000005L),
  EVENT_TAG(0x00000006L),
  S_CRTM_CONTENTS(0x00000007L),
  S_CRTM_VERSION(0x00000008L),
  CPU_MICROCODE(0x00000009L),
  PLATFORM_CONFIG_FLAGS(0x0000000AL),
  TABLE_OF_DEVICES(0x0000000BL),
  COMPACT_HASH(0x0000000CL),
  /** What a boot loader measures, such as a command line. */
  IPL(0x0000000DL),
  IPL_PARTITION_DATA(0x0000000EL),
  NONHOST_CODE(0x0000000FL),
  NONHOST_CONFIG(0x00000010L),
  NONHOST_INFO(0x00000011L),
  OMIT_BOOT_DEVICE_EVENTS(0x00000012L),
  POST_CODE2(0x00000013L),
  /** A UEFI variable that configures Secure Boot: SecureBoot, PK, KEK, db, dbx. */
  EFI_VARIABLE_DRIVER_CONFIG(0x80000001L),
  EFI_VARIABLE_BOOT(0x80000002L),
  /** An image that was started; the digest is the image's, not the content's. */
  EFI_BOOT_SERVICES_APPLICATION(0x80000003L),
  EFI_BOOT_SERVICES_DRIVER(0x80000004L),
  EFI_RUNTIME_SERVICES_DRIVER(0x80000005L),
  EFI_GPT_EVENT(0x80000006L),
  EFI_ACTION(0x80000007L),
  EFI_PLATFORM_FIRMWARE_BLOB(0x80000008L),
  EFI_HANDOFF_TABLES(0x80000009L),
  EFI_PLATFORM_FIRMWARE_BLOB2(0x8000000AL),
  EFI_HANDOFF_TABLES2(0x8000000BL),
  EFI_VARIABLE_BOOT2(0x8000000CL),
  EFI_GPT_EVENT2(0x8000000DL),
  EFI_HCRTM_EVENT(0x80000010L),
  /** The entry of a Secure Boot database that an image was verified with. */
  EFI_VARIABLE_AUTHORITY(0x800000E0L),
  EFI_SPDM_FIRMWARE_BLOB(0x800000E1L),
  EFI_SPDM_FIRMWARE_CONFIG(0x800000E2L),
  EFI_SPDM_DEVICE_POLICY(0x800000E3L),
  EFI_SPDM_DEVICE_AUTHORITY(0x800000E4L);

  private final long id;

  EventType(long id) {
    this.id = id;
  }

  /** The unsigned 32-bit number in the log. */
  public long id() {
    return id;
  }

  /** The kind with this number, or nothing for one that has no name here. */
  public static Optional<EventType> of(long id) {
    for (EventType type : values()) {
      if (type.id == id) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The profile's name for a number, such as {@code EV_SEPARATOR}, or the number itself. */
  public static String nameOf(long id) {
    return of(id)
        .map(type -> "EV_" + type.name())
        .orElseGet(() -> String.format(Locale.ROOT, "EV_0x%08x", id));
  }
}
