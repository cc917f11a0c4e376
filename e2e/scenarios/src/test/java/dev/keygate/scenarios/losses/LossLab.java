package dev.keygate.scenarios.losses;

import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.ManagedIdentity;
import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.KeyVaultHttpClient;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.scenarios.lab.LabPlace;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A lab that can be killed and found again where it was, with one key. */
final class LossLab {

  static final String AUTHORITY = "sharedweu.weu.attest.azure.net";
  static final String VAULT = "contoso.vault.azure.net";
  static final String KEY = "https://" + VAULT + "/keys/orders";
  static final String RELEASE_PATH = ".*/release";

  private static final String DESCRIPTION =
      """
      tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001
      location: westeurope
      authorities: [sharedweu.weu.attest.azure.net]
      principals:
        - {name: guest, clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be301,
           objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be302}
      vaults:
        - {name: contoso, permissions: [{principal: guest, keys: [create, get, release]}]}
      machines:
        - {name: healthy, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0001, condition: healthy,
           identities: [guest]}
        - {name: stale, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0002, condition: stale_collateral,
           identities: [guest]}
      """;

  private LossLab() {}

  /** Starts it at ports of its own, waits for it, and has its vault make the key. */
  static LabProcess start(Artefacts artefacts, Path folder, ChildProcesses children)
      throws Exception {
    Path description = Files.writeString(folder.resolve("lab.yaml"), DESCRIPTION);
    LabPlace place =
        new LabPlace(
            CommandPrefix.none(),
            List.of(
                "--description=" + description,
                "--proxy-port=" + FixedPort.next(),
                "--admin-port=" + FixedPort.next(),
                "--imds=healthy=127.0.0.1:" + FixedPort.next(),
                "--imds=stale=127.0.0.1:" + FixedPort.next()));
    LabProcess lab = LabProcess.start(artefacts.lab(), folder, place, children);
    lab.awaitReady();
    createKey(lab, children.time());
    return lab;
  }

  private static void createKey(LabProcess lab, TimeSource time) throws Exception {
    AzureNetwork network =
        AzureNetwork.lab(
            lab.trustRoots().resolve("tls-root.pem"),
            lab.proxyAddress(),
            lab.machine("healthy").imds());
    KeyCreation orders =
        new KeyCreation(
            new KeyShape.Rsa("RSA-HSM", 2048),
            new KeyProperties(List.of(), KeyLifetime.UNLIMITED, Map.of()),
            new VaultReleasePolicy(
                CanonicalWriter.write(policy()), VaultReleasePolicy.Mutability.MUTABLE));
    try (JavaHttpExchange azure = JavaHttpExchange.overTls(network, Timeouts.REMOTE)) {
      ManagedIdentity guest = ManagedIdentity.ofMachine(ImdsEndpoint.of(network), time);
      new KeyVaultHttpClient(azure, guest, time).create(KeyIdentifier.parse(KEY), orders);
    }
  }

  private static ReleasePolicyDocument policy() throws PolicySyntaxException {
    return PolicyParser.parse(
        """
        {"version":"1.0.0","anyOf":[{"authority":"https://%s","allOf":[
          {"claim":"x-ms-isolation-tee.x-ms-compliance-status","equals":"azure-compliant-cvm"}]}]}
        """
            .formatted(AUTHORITY));
  }
}
