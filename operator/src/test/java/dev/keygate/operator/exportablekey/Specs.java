package dev.keygate.operator.exportablekey;

import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Specs and policies to decide on. */
final class Specs {

  static final String VERSION = "0123456789abcdef0123456789abcdef";
  static final Owner OWNER = new Owner("payments", "orders", "uid-1");

  /** Of an object that was never reconciled. */
  static final VersionLedger NO_VERSIONS =
      new VersionLedger(List.of(), Duration.ofDays(1), Instant.parse("2026-01-01T00:00:00Z"));

  private Specs() {}

  /** A spec of an RSA key for the vault contoso, with more members in YAML's flow style. */
  static ExportableKeySpec rsa(String more) {
    return Serialization.unmarshal(
        "---\n"
            + "{vault: {url: 'https://contoso.vault.azure.net'}, keyType: RSA-HSM, keySizeBits:"
            + " 3072, releasePolicyRef: {name: cvm}"
            + (more.isEmpty() ? "" : ", " + more)
            + "}",
        ExportableKeySpec.class);
  }

  /**
   * A spec of a key in that vault, with the members from {@code keyType} on in YAML's flow style.
   */
  static ExportableKeySpec of(String host, String keyType) {
    return Serialization.unmarshal(
        "---\n{vault: {url: 'https://"
            + host
            + "'}, releasePolicyRef: {name: cvm}, keyType: "
            + keyType
            + "}",
        ExportableKeySpec.class);
  }

  /** A policy that compares one claim. */
  static ReleasePolicyDocument policy(String value) {
    try {
      return PolicyParser.parse(policyJson(value));
    } catch (PolicySyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The same, as a vault may spell it: another order of members, and white space. */
  static String policyJson(String value) {
    return "{ \"anyOf\" : [ { \"allOf\" : [ { \"equals\" : \""
        + value
        + "\", \"claim\" : \"c\" } ], \"authority\" : \"https://a.weu.attest.azure.net/\" } ],"
        + " \"version\" : \"1.0.0\" }";
  }
}
