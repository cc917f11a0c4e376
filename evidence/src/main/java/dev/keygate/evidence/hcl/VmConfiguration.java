package dev.keygate.evidence.hcl;

import java.time.Instant;
import java.util.Optional;

/**
 * How the virtual machine was configured when it started. The paravisor's releases differ in what
 * they state, so every member may be absent.
 *
 * @param secureBoot whether UEFI secure boot is on
 * @param consoleEnabled whether the serial console is connected
 * @param tpmEnabled whether the vTPM is on
 * @param tpmPersisted whether the vTPM keeps its state over reboots
 * @param filteredVpciDevicesAllowed whether the host may attach devices that the paravisor filters
 * @param vmUniqueId the machine's GUID, in the case in which it was stated
 * @param currentTime the paravisor's time when it started, in whole seconds; nobody vouches for it
 * @param rootCertThumbprint of the root that provisions the machine, as it was stated
 */
public record VmConfiguration(
    Optional<Boolean> secureBoot,
    Optional<Boolean> consoleEnabled,
    Optional<Boolean> tpmEnabled,
    Optional<Boolean> tpmPersisted,
    Optional<Boolean> filteredVpciDevicesAllowed,
    Optional<String> vmUniqueId,
    Optional<Instant> currentTime,
    Optional<String> rootCertThumbprint) {}
