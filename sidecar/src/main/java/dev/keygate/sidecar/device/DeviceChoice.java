package dev.keygate.sidecar.device;

/** What evidence of this machine is had from. One is chosen; nothing is fallen back to. */
public enum DeviceChoice {
  /** The vTPM of an Azure confidential VM. */
  VTPM,
  /** The kernel's configfs-tsm, for a guest without a paravisor. */
  CONFIGFS_TSM,
  /** The kernel's {@code /dev/sev-guest}, for a guest without a paravisor. */
  SEV_GUEST
}
