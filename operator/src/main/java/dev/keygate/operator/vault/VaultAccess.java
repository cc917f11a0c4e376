package dev.keygate.operator.vault;

import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.RetryLimits;
import dev.keygate.azure.http.RetryPolicy;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.azure.identity.TokenCache;
import dev.keygate.azure.identity.WorkloadIdentity;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyVaultHttpClient;
import dev.keygate.failure.RefusedException;
import dev.keygate.operator.config.LabSettings;
import dev.keygate.operator.config.Settings;
import dev.keygate.time.TimeSource;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Builds the client through which the operator manages keys. */
public final class VaultAccess {

  /** The operator never asks it; a network has to name one. */
  private static final URI UNUSED_IMDS = URI.create("http://127.0.0.1");

  private VaultAccess() {}

  /**
   * One client for all vaults: the identity's tokens are cached by audience.
   *
   * @param environment the process's environment, for the proxy of a network that needs one
   * @param random spreads retries
   * @throws RefusedException if the lab's trust roots cannot be read, or the proxy is malformed
   */
  public static KeyManagementClient of(
      Settings settings, Map<String, String> environment, TimeSource time, RandomGenerator random)
      throws RefusedException {
    Exchange exchange =
        JavaHttpExchange.overTls(network(settings.lab(), environment), Timeouts.REMOTE);
    BearerTokenSource tokens =
        new TokenCache(
            new WorkloadIdentity(settings.identity(), exchange, time),
            // Once: a failed run is retried as a whole, and gradually.
            new RetryPolicy(RetryLimits.ONCE, time, random),
            time);
    return new KeyVaultHttpClient(exchange, tokens, time);
  }

  private static AzureNetwork network(Optional<LabSettings> lab, Map<String, String> environment)
      throws RefusedException {
    return lab.isPresent()
        ? AzureNetwork.lab(lab.get().tlsRoots(), lab.get().proxy(), UNUSED_IMDS)
        : AzureNetwork.publicAzure(environment);
  }
}
