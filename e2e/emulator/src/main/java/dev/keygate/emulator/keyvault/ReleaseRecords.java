package dev.keygate.emulator.keyvault;

import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.entra.Caller;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.time.TimeSource;

/**
 * What one vault tells the decision log of releases.
 *
 * @param host of the vault
 */
record ReleaseRecords(String host, DecisionLog log, TimeSource time) {

  void allowed(Caller caller, String identifier, KeyRelease.Released released) {
    String detail = "wrapped to " + released.wrappedTo();
    log.add(decision(caller, identifier, Decision.Outcome.ALLOWED).because("", detail));
  }

  void denied(Caller caller, String identifier, VaultRefusedException refused) {
    log.add(
        decision(caller, identifier, Decision.Outcome.DENIED)
            .because(refused.check(), refused.detail()));
  }

  private Decision decision(Caller caller, String identifier, Decision.Outcome outcome) {
    return new Decision(
        time.now(),
        Decision.KEY_RELEASE,
        host,
        caller.objectId().toString(),
        identifier,
        outcome,
        "",
        "");
  }
}
