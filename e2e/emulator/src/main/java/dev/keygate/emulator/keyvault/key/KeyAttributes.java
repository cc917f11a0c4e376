package dev.keygate.emulator.keyvault.key;

import java.util.Optional;

/**
 * What can change about a version. Times are whole seconds since the epoch.
 *
 * @param enabled whether it may be used
 * @param notBefore {@code nbf}, which does not bind release
 * @param expires {@code exp}, which does not bind release
 * @param created when it was made
 * @param updated when it was changed last
 */
public record KeyAttributes(
    boolean enabled,
    Optional<Long> notBefore,
    Optional<Long> expires,
    long created,
    long updated) {}
