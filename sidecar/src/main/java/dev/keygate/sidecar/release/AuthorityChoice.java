package dev.keygate.sidecar.release;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * Which authorities may attest for which keys: those that are pinned and that the key's policy
 * names, since the vault takes a token of no other. Keys that share an authority share an
 * attestation.
 *
 * @param authorities in the order in which they are asked; empty for keys whose policy names no
 *     authority that may be asked
 * @param targets the keys
 */
record AuthorityChoice(List<AuthorityEndpoint> authorities, List<KeyTarget> targets) {

  AuthorityChoice {
    authorities = List.copyOf(authorities);
    targets = List.copyOf(targets);
  }

  /**
   * As few groups as come of taking the keys in their order; each key is in one.
   *
   * @param askable the pinned authorities that have not been asked in vain yet
   */
  static List<AuthorityChoice> of(List<KeyTarget> targets, List<AuthorityEndpoint> askable) {
    List<AuthorityChoice> groups = new ArrayList<>();
    for (KeyTarget target : targets) {
      place(groups, new AuthorityChoice(named(target, askable), List.of(target)));
    }
    return List.copyOf(groups);
  }

  private static void place(List<AuthorityChoice> groups, AuthorityChoice one) {
    for (int at = 0; at < groups.size(); at++) {
      AuthorityChoice group = groups.get(at);
      List<AuthorityEndpoint> common =
          group.authorities().stream().filter(one.authorities()::contains).toList();
      if (!common.isEmpty() || group.authorities().equals(one.authorities())) {
        List<KeyTarget> together = new ArrayList<>(group.targets());
        together.addAll(one.targets());
        groups.set(at, new AuthorityChoice(common, together));
        return;
      }
    }
    groups.add(one);
  }

  /** Whether one of these may attest for the key. */
  static boolean names(KeyTarget target, List<AuthorityEndpoint> askable) {
    return !named(target, askable).isEmpty();
  }

  private static List<AuthorityEndpoint> named(KeyTarget target, List<AuthorityEndpoint> askable) {
    return target.policy().isEmpty()
        ? askable
        : askable.stream().filter(one -> isNamed(target.policy().get(), one)).toList();
  }

  private static boolean isNamed(ReleasePolicyDocument policy, AuthorityEndpoint authority) {
    return policy.anyOf().stream()
        .anyMatch(branch -> branch.authority().isIssuer(authority.toString()));
  }
}
