package dev.keygate.sidecar.device;

/** What the settings say that evidence of this machine is had from. */
public enum DeviceChoice {
  /** The first of the following that is there, in this order. */
  AUTO,
  /** The vTPM of an Azure confidential VM. */
  VTPM,
  /** The kernel's configfs-tsm, for a guest without a paravisor. */
  CONFIGFS_TSM,
  /** The kernel's {@code /dev/sev-guest}, for a guest without a paravisor. */
  SEV_GUEST
}
