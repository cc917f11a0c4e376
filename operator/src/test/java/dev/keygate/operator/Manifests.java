package dev.keygate.operator;

/** Manifests for the namespace default. */
final class Manifests {

  private Manifests() {}

  /** A policy that compares one claim. */
  static String policy(String name, String value) {
    return """
        apiVersion: keygate.dev/v1alpha1
        kind: ReleasePolicy
        metadata: {name: %s, namespace: default}
        spec:
          grammar:
            version: 1.0.0
            anyOf:
              - authority: https://sharedweu.weu.attest.azure.net
                allOf:
                  - {claim: some-claim, equals: %s}
        """
        .formatted(name, value);
  }

  /** The same in JSON, as a vault takes it. */
  static String policyJson(String value) {
    return "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":"
        + "\"https://sharedweu.weu.attest.azure.net\",\"allOf\":[{\"claim\":\"some-claim\","
        + "\"equals\":\""
        + value
        + "\"}]}]}";
  }

  /** A key that refers to a policy, with more members of the spec in YAML's flow style. */
  static String key(String name, String policy, String more) {
    return """
        apiVersion: keygate.dev/v1alpha1
        kind: ExportableKey
        metadata: {name: %s, namespace: default}
        spec: {vault: {url: 'https://contoso.vault.azure.net'}, keyType: RSA-HSM, keySizeBits: 2048,
          releasePolicyRef: {name: %s}%s}
        """
        .formatted(name, policy, more.isEmpty() ? "" : ", " + more);
  }
}
