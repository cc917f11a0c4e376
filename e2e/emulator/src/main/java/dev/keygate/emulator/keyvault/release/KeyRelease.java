package dev.keygate.emulator.keyvault.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.KeyJson;
import dev.keygate.emulator.keyvault.key.KeyVersion;
import dev.keygate.emulator.keyvault.key.StoredPolicy;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.TlsIdentity;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;

/** The release operation of one vault, for a caller whose permission was checked. */
public final class KeyRelease {

  private final EnvironmentAssertion assertions;
  private final Envelope envelope;
  private final KeyWrapping wrapping;

  /**
   * What release needs of the lab.
   *
   * @param issuers where attestation tokens' keys are found
   * @param random for the wrapping keys
   */
  public record Lab(IssuerKeys issuers, TimeSource time, SecureRandom random) {}

  /**
   * What a release is for.
   *
   * @param apiVersion as sent
   * @param identifier the key as requested
   */
  public record Asked(String apiVersion, String identifier, String body) {}

  /**
   * A released key.
   *
   * @param answer the body of the answer
   * @param wrappedTo the name of the environment's key
   */
  public record Released(ObjectNode answer, String wrappedTo) {}

  /**
   * @param signer the vault's TLS identity, which signs envelopes too
   */
  public KeyRelease(VaultSite site, KeyJson json, TlsIdentity signer, Lab lab) {
    this.assertions =
        new EnvironmentAssertion(lab.issuers(), lab.time(), site.settings().operators());
    this.envelope = new Envelope(site.kind(), signer, json);
    this.wrapping = new KeyWrapping(lab.random());
  }

  /**
   * Releases a version of a key. The key is what it was when it was read: a change or deletion that
   * happens meanwhile comes after.
   *
   * @throws VaultRefusedException with the vault's answer, and what failed
   */
  public Released release(Asked asked, VaultKey key, KeyVersion version)
      throws VaultRefusedException {
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
    EnvironmentKey target = judge(request.target(), policy);
    Bytes ciphertext = wrapping.wrap(version.material().exported(), target, request.algorithm());
    ObjectNode keyHsm = Envelope.keyHsm(target, request.algorithm(), ciphertext);
    Envelope.Echo echo = new Envelope.Echo(asked.apiVersion(), asked.identifier(), request);
    String sealed = envelope.seal(echo, key, version, keyHsm);
    return new Released(Json.object().put("value", sealed), target.kid());
  }

  private EnvironmentKey judge(String token, StoredPolicy policy) throws VaultRefusedException {
    try {
      return assertions.judge(token, policy.document());
    } catch (AssertionRefusedException e) {
      throw e.toRefusal();
    }
  }
}
