package dev.keygate.sidecar.release;

import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.sidecar.attest.Attester;
import dev.keygate.sidecar.delivery.KeySink;
import dev.keygate.sidecar.keyvault.KeyReleaseClient;
import dev.keygate.sidecar.trace.NoSpans;
import dev.keygate.sidecar.trace.StepSpans;

/**
 * What a release needs of the world.
 *
 * @param attester proves what this guest is
 * @param vaults ask for the release
 * @param vaultTokens fetched while the attestation is under way, so that the release finds them
 * @param sink takes the keys
 * @param spans are told of every step
 */
public record ReleasePorts(
    Attester attester,
    KeyReleaseClient vaults,
    BearerTokenSource vaultTokens,
    KeySink sink,
    StepSpans spans) {

  /** The same, telling nobody. */
  public ReleasePorts(
      Attester attester, KeyReleaseClient vaults, BearerTokenSource vaultTokens, KeySink sink) {
    this(attester, vaults, vaultTokens, sink, NoSpans.OFF);
  }
}
