package dev.keygate.cluster.pki;

import java.nio.file.Path;

/**
 * A certificate and its private key as files.
 *
 * @param certificate PEM
 * @param key PEM, PKCS#8, readable by the owner alone
 */
public record Credential(Path certificate, Path key) {}
