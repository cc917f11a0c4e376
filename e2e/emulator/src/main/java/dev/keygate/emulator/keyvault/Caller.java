package dev.keygate.emulator.keyvault;

import java.util.UUID;

/**
 * Whom a verified access token names.
 *
 * @param appId {@code appid}
 * @param objectId {@code oid}, which permissions are assigned to
 * @param tenantId {@code tid}
 */
record Caller(String appId, UUID objectId, UUID tenantId) {}
