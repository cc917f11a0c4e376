package dev.keygate.policy.evaluation;

import dev.keygate.policy.Authority;
import java.util.List;
import java.util.Optional;

/** What a release policy decides about a token's claims. */
public sealed interface Evaluation {

  /** The policy admits the claims. */
  record Admitted(Authority authority) implements Evaluation {}

  /**
   * The token's issuer is one of the policy's authorities, and none of its branches is satisfied.
   *
   * @param mismatches every comparison that kept a branch from being true, in the policy's order;
   *     never empty
   */
  record Denied(List<ClaimMismatch> mismatches) implements Evaluation {
    /** Copies the list. */
    public Denied {
      mismatches = List.copyOf(mismatches);
      if (mismatches.isEmpty()) {
        throw new IllegalArgumentException("a denial has a mismatch");
      }
    }
  }

  /**
   * The token's issuer is none of the policy's authorities.
   *
   * @param issuer empty if the claims have no {@code iss}
   * @param offered the policy's authorities, in its order
   */
  record UnknownAuthority(Optional<String> issuer, List<Authority> offered) implements Evaluation {
    /** Copies the list. */
    public UnknownAuthority {
      offered = List.copyOf(offered);
    }
  }
}
