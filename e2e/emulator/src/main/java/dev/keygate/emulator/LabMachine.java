package dev.keygate.emulator;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A running confidential virtual machine, as software on it sees it.
 *
 * @param name the machine's name
 * @param vmId its GUID
 * @param folder all that a sidecar on it needs, to be mounted where it runs: tpmSocket, eventLog
 *     and trust/ with tls-root.pem and amd-root.pem
 * @param tpmSocket a Unix socket that speaks raw TPM 2.0 commands
 * @param eventLog the boot event log in the TCG crypto-agile format
 * @param imdsUrl its instance metadata service, without a slash at its end
 */
public record LabMachine(
    String name, UUID vmId, Path folder, Path tpmSocket, Path eventLog, String imdsUrl) {}
