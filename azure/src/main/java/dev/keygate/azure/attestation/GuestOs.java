package dev.keygate.azure.attestation;

/**
 * The operating system that a guest says it runs.
 *
 * @param type {@code Linux} or {@code Windows}
 * @param distribution its name, as in {@code NAME} of os-release
 * @param majorVersion the first part of its version
 * @param minorVersion the second part of its version
 */
public record GuestOs(String type, String distribution, int majorVersion, int minorVersion) {}
