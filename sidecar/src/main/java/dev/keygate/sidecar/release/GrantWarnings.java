package dev.keygate.sidecar.release;

import dev.keygate.contract.Grant;
import dev.keygate.endpoint.AuthorityEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a grant says that the settings pin otherwise: somebody wrote what has no effect. Told to
 * people, followed by nobody.
 */
final class GrantWarnings {

  private GrantWarnings() {}

  /**
   * A sentence for each contradiction; none if the grant and the settings agree.
   *
   * @param pinned the authorities that may be asked
   */
  static List<String> of(KeyPin pin, Grant grant, List<AuthorityEndpoint> pinned) {
    List<String> warnings = new ArrayList<>();
    if (!grant.keyIdentifier().equals(pin.key())) {
      warnings.add(
          "The grant names another key than the settings, "
              + grant.keyIdentifier()
              + "; the settings decide.");
    }
    List<String> others =
        grant.policy().anyOf().stream()
            .map(branch -> branch.authority())
            .filter(named -> pinned.stream().noneMatch(a -> named.isIssuer(a.toString())))
            .map(named -> named.canonicalName())
            .distinct()
            .toList();
    if (!others.isEmpty()) {
      warnings.add(
          "The grant's policy names authorities that the settings do not pin, "
              + others.stream().limit(4).collect(Collectors.joining(", "))
              + "; they are not asked.");
    }
    return List.copyOf(warnings);
  }
}
