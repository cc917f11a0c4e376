package dev.keygate.sidecar.release;

import dev.keygate.contract.Grant;
import dev.keygate.failure.FailureException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes plans of pins and grants. A grant that has become unreadable leaves the last good one in
 * force; one that names another key is warned about and otherwise obeyed for what it may say. Not
 * safe for use by several threads.
 */
public final class KeyPlans {

  private static final Logger LOG = LoggerFactory.getLogger(KeyPlans.class);

  private final Optional<GrantSource> grants;
  private final Map<String, Grant> lastGood = new HashMap<>();
  private final Map<String, String> complaints = new HashMap<>();
  private final Set<Grant> contradicting = new HashSet<>();

  /**
   * @param grants empty where there is no operator: then every plan is that of the pin alone
   */
  public KeyPlans(Optional<GrantSource> grants) {
    this.grants = grants;
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
    if (KeyPlan.contradicts(pin, grant) && contradicting.add(grant)) {
      LOG.atWarn()
          .addKeyValue(LogKeys.NAME, pin.name())
          .addKeyValue(LogKeys.KEY, pin.key())
          .addKeyValue(LogKeys.GRANTED_KEY, grant.keyIdentifier())
          .log("The grant names another key than the settings; the settings decide");
    }
    return KeyPlan.of(pin, grant);
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
