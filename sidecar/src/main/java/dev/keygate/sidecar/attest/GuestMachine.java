package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.GuestOs;
import dev.keygate.sidecar.device.TpmLocation;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import java.nio.file.Path;

/**
 * The machine that attests itself.
 *
 * @param tpm where its vTPM is
 * @param template how transfer keys are made in it
 * @param eventLog the firmware's event log; a file that cannot be read counts as empty
 * @param os what it says it runs
 */
public record GuestMachine(
    TpmLocation tpm, TransferKeyTemplate template, Path eventLog, GuestOs os) {}
