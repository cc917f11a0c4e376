package dev.keygate.operator.injection.pod;

/**
 * Who a pod is towards Entra.
 *
 * @param tenantId a GUID or a domain
 * @param clientId a GUID
 */
public record PodIdentity(String tenantId, String clientId) {}
