package dev.keygate.operator.config;

import java.util.Optional;

/**
 * What injection does alike in every pod.
 *
 * @param namespaces where pods may have keys
 * @param sidecar the container
 * @param device the vTPM
 * @param entra what a ServiceAccount does not say
 * @param lab the lab inside pods; empty in production
 */
public record InjectionSettings(
    NamespaceScope namespaces,
    SidecarTemplate sidecar,
    DeviceAccess device,
    EntraDefaults entra,
    Optional<InjectedLab> lab) {}
