package dev.keygate.scenarios.sequences;

import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;

/** The release policies that sequences write, each in the vault's own grammar. */
enum WrittenPolicy {
  /** Any confidential VM. */
  COMPLIANT(
      "{\"claim\":\"x-ms-isolation-tee.x-ms-compliance-status\",\"equals\":\"azure-compliant-cvm\"}"),
  /** One that booted securely, too. */
  SECURE_BOOT(COMPLIANT.conditions + ",{\"claim\":\"secureboot\",\"equals\":true}"),
  /** With an operator that Key Vault does not honour: it is not accepted. */
  UNSUPPORTED("{\"claim\":\"secureboot\",\"notEquals\":false}");

  private static final String AUTHORITY = "https://sharedweu.weu.attest.azure.net";

  private final String conditions;

  WrittenPolicy(String conditions) {
    this.conditions = conditions;
  }

  /** The grammar as JSON, which a manifest's {@code spec.grammar} takes as it is. */
  String grammar() {
    return "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\""
        + AUTHORITY
        + "\",\"allOf\":["
        + conditions
        + "]}]}";
  }

  /** Whether the operator has to take it. */
  boolean isAccepted() {
    return this != UNSUPPORTED;
  }

  /** What a vault has to have of it. */
  ReleasePolicyDocument document() {
    try {
      return PolicyParser.parse(grammar());
    } catch (PolicySyntaxException e) {
      throw new IllegalStateException("a policy of the sequences is malformed", e);
    }
  }
}
