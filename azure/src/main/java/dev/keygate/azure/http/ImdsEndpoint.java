package dev.keygate.azure.http;

import dev.keygate.time.TimeSource;
import java.net.URI;

/**
 * The instance metadata service and the way there.
 *
 * @param base its address, without path
 * @param exchange one that reaches it, and never through a proxy
 */
public record ImdsEndpoint(URI base, Exchange exchange) {

  /** The metadata service of a network, over an exchange made for it. */
  public static ImdsEndpoint of(AzureNetwork network) {
    return new ImdsEndpoint(network.imdsBase(), JavaHttpExchange.toImds(network, Timeouts.LOCAL));
  }

  /** The same service within a budget, which whoever asks it on this machine shares. */
  public ImdsEndpoint within(RequestBudget budget, TimeSource time) {
    return new ImdsEndpoint(base, new BudgetedExchange(exchange, budget, time));
  }
}
