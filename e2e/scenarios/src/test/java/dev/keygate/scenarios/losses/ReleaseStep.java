package dev.keygate.scenarios.losses;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.failure.Reason;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.story.Surprise;
import java.util.Set;

/** A call that a release makes, which the lab can be told to leave unanswered. */
enum ReleaseStep {
  COLLATERAL("imds.healthy", "/metadata/THIM/.*", Reason.CollateralUnavailable),
  ATTESTATION(LossLab.AUTHORITY, "/attest/.*", Reason.AttestationUnavailable),
  ISSUER_KEYS(LossLab.AUTHORITY, "/certs", Reason.AttestationUnavailable),
  RELEASE(LossLab.VAULT, LossLab.RELEASE_PATH, Reason.VaultUnavailable),
  /** After the vault has refused the first token: then nothing else is under way. */
  IDENTITY("imds.healthy", "/metadata/identity/.*", Reason.IdentityUnavailable),
  /** With the token that was fetched after that. */
  RELEASE_AGAIN(LossLab.VAULT, LossLab.RELEASE_PATH, Reason.VaultUnavailable);

  private static final int TEN_MINUTES = 600_000;

  private final String host;
  private final String path;
  private final Reason reason;

  ReleaseStep(String host, String path, Reason reason) {
    this.host = host;
    this.path = path;
    this.reason = reason;
  }

  /** What a release may fail with if the lab is lost during this call. */
  Set<Reason> reasons() {
    return switch (this) {
      // The machine's TPM is asked at the same time, and is lost with the lab.
      case COLLATERAL, ISSUER_KEYS -> Set.of(reason, Reason.TpmUnavailable);
      case ATTESTATION, RELEASE, IDENTITY, RELEASE_AGAIN -> Set.of(reason);
    };
  }

  /** Has the lab leave this call unanswered; its strikes are those of the newest fault. */
  void hold(LabProcess lab) throws Surprise, InterruptedException {
    ObjectNode held = new ObjectMapper().createObjectNode();
    held.put("host", host).put("path", path).put("effect", "delay");
    held.put("milliseconds", TEN_MINUTES);
    if (this == IDENTITY || this == RELEASE_AGAIN) {
      ObjectNode challenge = new ObjectMapper().createObjectNode();
      challenge.put("host", LossLab.VAULT).put("path", LossLab.RELEASE_PATH);
      lab.inject(challenge.put("status", 401).put("count", 1));
      held.put("fromCall", 2);
    }
    lab.inject(held);
  }
}
