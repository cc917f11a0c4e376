package dev.keygate.operator.config;

/**
 * What pods have in common with the operator towards Entra.
 *
 * @param tenantId the tenant of ServiceAccounts that name none
 * @param authorityUrl the login host, as {@code https://<host>/}
 */
public record EntraDefaults(String tenantId, String authorityUrl) {}
