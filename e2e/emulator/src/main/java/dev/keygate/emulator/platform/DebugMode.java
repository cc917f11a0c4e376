package dev.keygate.emulator.platform;

/** Whether the host may read and write the memory of the machine. */
public enum DebugMode {
  DISABLED,
  ENABLED
}
