package dev.keygate.azure.http;

import dev.keygate.failure.Reason;

/**
 * A remote service, as failures name it.
 *
 * @param name what the user calls the service, such as {@code Key Vault}
 * @param unavailable the reason when it does not answer; of kind {@link Reason.Kind#UNAVAILABLE}
 * @param malformed the reason when its answer is not one; of kind {@link Reason.Kind#REFUSED}
 */
public record Upstream(String name, Reason unavailable, Reason malformed) {

  /** Checks the kinds of the reasons. */
  public Upstream {
    if (unavailable.kind() != Reason.Kind.UNAVAILABLE || malformed.kind() != Reason.Kind.REFUSED) {
      throw new IllegalArgumentException(
          unavailable + " and " + malformed + " are not an unavailable and a refused reason");
    }
  }
}
