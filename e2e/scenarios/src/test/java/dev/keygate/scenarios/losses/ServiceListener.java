package dev.keygate.scenarios.losses;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.failure.Reason;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.story.Surprise;

/** A host that a release needs, every connection to which can be reset. */
enum ServiceListener {
  /** Collateral then comes from the regional cache. */
  METADATA_SERVICE("imds.healthy", Reason.IdentityUnavailable),
  COLLATERAL_CACHE("global.acccache.azure.net", Reason.CollateralUnavailable),
  AUTHORITY(LossLab.AUTHORITY, Reason.AttestationUnavailable),
  VAULT(LossLab.VAULT, Reason.VaultUnavailable);

  private final String host;
  private final Reason reason;

  ServiceListener(String host, Reason reason) {
    this.host = host;
    this.reason = reason;
  }

  /** What a release fails with meanwhile. */
  Reason reason() {
    return reason;
  }

  /** A machine that needs it: where the host's collateral is of another TCB, the cache is asked. */
  String machine() {
    return this == COLLATERAL_CACHE ? "stale" : "healthy";
  }

  /** Resets every connection until the lab's faults are cleared. */
  void close(LabProcess lab) throws Surprise, InterruptedException {
    ObjectNode reset = new ObjectMapper().createObjectNode();
    lab.inject(reset.put("host", host).put("effect", "reset"));
  }
}
