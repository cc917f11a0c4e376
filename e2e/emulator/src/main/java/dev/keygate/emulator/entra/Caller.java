package dev.keygate.emulator.entra;

import java.util.UUID;

/**
 * Whom a verified access token names.
 *
 * @param appId the application id
 * @param objectId the object id, which permissions are assigned to
 * @param tenantId the tenant
 */
public record Caller(String appId, UUID objectId, UUID tenantId) {}
