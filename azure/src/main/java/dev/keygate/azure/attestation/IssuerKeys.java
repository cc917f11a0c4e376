package dev.keygate.azure.attestation;

import dev.keygate.azure.jose.Jwks;
import dev.keygate.endpoint.AuthorityEndpoint;

/**
 * The signature keys that an authority publishes at its own address.
 *
 * @param issuer whose keys they are
 * @param keys what it publishes
 */
public record IssuerKeys(AuthorityEndpoint issuer, Jwks keys) {}
