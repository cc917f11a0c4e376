package dev.keygate.emulator.platform;

/** Whether the machine's firmware starts signed boot loaders only. */
public enum SecureBootMode {
  ENABLED,
  DISABLED
}
