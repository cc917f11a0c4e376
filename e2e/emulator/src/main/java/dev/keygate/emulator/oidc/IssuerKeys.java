package dev.keygate.emulator.oidc;

import dev.keygate.emulator.jose.KeySet;

/** The current signing keys of issuers. Implementations are safe for use by several threads. */
public interface IssuerKeys {

  /**
   * The keys of an issuer, from a cache where it is fresh.
   *
   * @param issuer an https address
   * @throws DiscoveryException if the metadata or the keys cannot be had
   */
  KeySet keys(String issuer) throws DiscoveryException;

  /**
   * The keys as they are now, for a token whose key is not among {@link #keys}.
   *
   * @param issuer an https address
   * @throws DiscoveryException if the metadata or the keys cannot be had
   */
  KeySet refreshedKeys(String issuer) throws DiscoveryException;
}
