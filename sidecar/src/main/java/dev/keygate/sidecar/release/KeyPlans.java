package dev.keygate.sidecar.release;

import dev.keygate.contract.Grant;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.logkey.LogKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes plans of pins and grants. A grant that has become unreadable leaves the last good one in
 * force; one that contradicts the settings is warned about and otherwise obeyed for what it may
 * say. Not safe for use by several threads.
 */
public final class KeyPlans {

  private static final Logger LOG = LoggerFactory.getLogger(KeyPlans.class);

  private final Optional<GrantSource> grants;
  private final List<AuthorityEndpoint> pinnedAuthorities;
  private final Map<String, Grant> lastGood = new HashMap<>();
  private final Map<String, String> complaints = new HashMap<>();
  private final Map<String, List<String>> warnings = new HashMap<>();

  /**
   * @param grants empty where there is no operator: then every plan is that of the pin alone
   * @param pinnedAuthorities those that may be asked, whatever a grant says
   */
  public KeyPlans(Optional<GrantSource> grants, List<AuthorityEndpoint> pinnedAuthorities) {
    this.grants = grants;
    this.pinnedAuthorities = List.copyOf(pinnedAuthorities);
  }

  /**
   * The plan for a pin as of now.
   *
   * @throws FailureException if there is no grant and never was a good one
   */
  public KeyPlan plan(KeyPin pin) throws FailureException {
    if (grants.isEmpty()) {
      return KeyPlan.withoutGrant(pin);
    }
    Grant grant = lastGoodOr(pin, grants.get());
    warn(pin, GrantWarnings.of(pin, grant, pinnedAuthorities));
    return KeyPlan.of(pin, grant);
  }

  /** Once, until there is something else to warn about. */
  private void warn(KeyPin pin, List<String> now) {
    List<String> before = warnings.put(pin.name(), now);
    for (String warning : now) {
      if (before == null || !before.contains(warning)) {
        LOG.atWarn()
            .addKeyValue(LogKeys.NAME, pin.name())
            .addKeyValue(LogKeys.KEY, pin.key())
            .addKeyValue(LogKeys.MESSAGE, warning)
            .log("The grant contradicts the settings");
      }
    }
  }

  private Grant lastGoodOr(KeyPin pin, GrantSource source) throws FailureException {
    try {
      Grant grant = source.read(pin.name());
      lastGood.put(pin.name(), grant);
      complaints.remove(pin.name());
      return grant;
    } catch (FailureException failure) {
      Grant before = lastGood.get(pin.name());
      if (before == null) {
        throw failure;
      }
      String complaint = String.valueOf(failure.getMessage());
      if (!complaint.equals(complaints.put(pin.name(), complaint))) {
        LOG.atWarn()
            .addKeyValue(LogKeys.NAME, pin.name())
            .addKeyValue(LogKeys.REASON, failure.reason())
            .addKeyValue(LogKeys.MESSAGE, complaint)
            .log("The last good grant stays in force");
      }
      return before;
    }
  }
}
