package dev.keygate.operator.config;

import java.util.Optional;

/**
 * The lab as a pod sees it. Paths are those inside the pod's sidecar.
 *
 * @param trustRoots folder with the lab's trust roots
 * @param proxy address and port of the CONNECT proxy
 * @param imds address of the metadata service
 * @param tpm socket of the vTPM
 * @param eventLog that vTPM's boot event log
 */
public record InjectedLab(
    String trustRoots,
    Optional<String> proxy,
    Optional<String> imds,
    Optional<String> tpm,
    Optional<String> eventLog) {}
