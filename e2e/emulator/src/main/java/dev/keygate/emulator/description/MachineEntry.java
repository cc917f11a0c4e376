package dev.keygate.emulator.description;

import java.util.List;
import java.util.UUID;

/**
 * A confidential virtual machine.
 *
 * @param name the machine's name
 * @param vmId its GUID
 * @param condition what is special about it
 * @param identities principals that are assigned to it as managed identities; the first is its own
 * @param location the Azure region it is in; its identities' tenant's unless told otherwise
 */
public record MachineEntry(
    String name, UUID vmId, Condition condition, List<String> identities, String location) {

  /** Conditions a machine can be in. */
  public enum Condition {
    /** As Azure starts it. */
    HEALTHY,
    /** Its host may read and write its memory. */
    DEBUG_ALLOWED,
    /** Its firmware starts boot loaders that nobody signed. */
    SECURE_BOOT_OFF,
    /** Its boot event log does not lead to its PCRs. */
    EVENT_LOG_INCOMPLETE,
    /** Its host serves the endorsement of an older TCB than its reports state. */
    STALE_COLLATERAL,
    /** Its host serves the endorsement of a newer TCB than its reports state. */
    NEWER_COLLATERAL
  }

  public MachineEntry {
    Names.require("machines", name);
    Names.requireLocation(location);
    identities = List.copyOf(identities);
  }
}
