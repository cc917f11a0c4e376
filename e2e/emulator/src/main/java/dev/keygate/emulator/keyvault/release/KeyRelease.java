package dev.keygate.emulator.keyvault.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.KeyJson;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.StoredPolicy;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;

/** The release operation of one vault, for a caller whose permission was checked. */
public final class KeyRelease {

  private final String host;
  private final EnvironmentAssertion assertions;
  private final Envelope envelope;
  private final KeyWrapping wrapping;
  private final DecisionLog log;
  private final TimeSource time;

  /**
   * What release needs of the lab.
   *
   * @param issuers where attestation tokens' keys are found
   * @param log where decisions go
   * @param random for the wrapping keys
   */
  public record Lab(IssuerKeys issuers, DecisionLog log, TimeSource time, SecureRandom random) {}

  /**
   * Whom and what a release is for.
   *
   * @param caller the object id of the principal
   * @param apiVersion as sent
   * @param identifier the key as requested
   */
  public record Asked(String caller, String apiVersion, String identifier, String body) {}

  /**
   * @param signer the vault's TLS identity, which signs envelopes too
   */
  public KeyRelease(String host, KeyJson json, TlsIdentity signer, Lab lab) {
    this.host = host;
    this.assertions = new EnvironmentAssertion(lab.issuers(), lab.time());
    this.envelope = new Envelope(signer, json);
    this.wrapping = new KeyWrapping(lab.random());
    this.log = lab.log();
    this.time = lab.time();
  }

  /**
   * Releases a version of a key.
   *
   * @throws VaultRefusedException with the vault's answer, after the decision was logged
   */
  public ObjectNode release(Asked asked, VaultKey key, KeyVersion version)
      throws VaultRefusedException {
    try {
      return released(asked, key, version);
    } catch (AssertionRefusedException e) {
      record(asked, Decision.Outcome.DENIED, e.check(), e.detail());
      throw VaultRefusals.forbidden("AccessDenied", e.answer());
    } catch (VaultRefusedException e) {
      record(asked, Decision.Outcome.DENIED, "request", e.text());
      throw e;
    }
  }

  private ObjectNode released(Asked asked, VaultKey key, KeyVersion version)
      throws VaultRefusedException, AssertionRefusedException {
    if (!version.attributes().enabled()) {
      throw VaultRefusals.keyDisabled("release");
    }
    StoredPolicy policy =
        key.policy()
            .orElseThrow(
                () ->
                    VaultRefusals.badParameter(
                        "The key is not exportable and cannot be released."));
    ReleaseRequest request = ReleaseRequest.parse(asked.body());
    EnvironmentKey target = assertions.judge(request.target(), policy.document());
    Bytes ciphertext = wrapping.wrap(version.material().exported(), target, request.algorithm());
    ObjectNode keyHsm = Envelope.keyHsm(target, request.algorithm(), ciphertext);
    Envelope.Echo echo = new Envelope.Echo(asked.apiVersion(), asked.identifier(), request);
    String sealed = envelope.seal(echo, key, version, keyHsm);
    record(asked, Decision.Outcome.ALLOWED, "", "wrapped to " + target.kid());
    return Json.object().put("value", sealed);
  }

  private void record(Asked asked, Decision.Outcome outcome, String check, String detail) {
    log.add(
        new Decision(
            time.now(),
            "release",
            host,
            asked.caller(),
            asked.identifier(),
            outcome,
            check,
            detail));
  }
}
