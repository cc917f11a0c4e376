package dev.keygate.images.training;

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
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantConfigMap;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.emulator.Lab;
import dev.keygate.emulator.LabMachine;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys in a lab's vault with their grants, made without an operator. */
final class LabKeys {

  private static final Duration REFRESH = Duration.ofMinutes(5);

  private final Lab lab;
  private final LabMachine machine;
  private final TimeSource time;

  LabKeys(Lab lab, LabMachine machine, TimeSource time) {
    this.lab = lab;
    this.machine = machine;
    this.time = time;
  }

  /** Creates a key for confidential VMs and writes its grant as a kubelet would mount it. */
  KeyIdentifier create(String name, KeyShape shape, Path grants)
      throws IOException, InterruptedException {
    lab.assign(vault(), machine.name(), Set.of("create", "get", "release"));
    try {
      KeyIdentifier key = KeyIdentifier.parse(lab.vaultUrl(vault()) + "/keys/" + name);
      ReleasePolicyDocument policy = policy();
      VaultKey created = create(key, shape, policy);
      GrantedVersion version =
          new GrantedVersion(created.id().version().orElseThrow(), VersionState.Current);
      Path folder = Files.createDirectories(grants.resolve(name));
      Files.writeString(
          folder.resolve(GrantConfigMap.FILE),
          GrantJson.write(new Grant(key, List.of(version), policy, REFRESH)));
      return key;
    } catch (FailureException | EndpointFormatException e) {
      throw new IOException("the lab's vault makes no key " + name + ": " + e.getMessage(), e);
    }
  }

  private VaultKey create(KeyIdentifier key, KeyShape shape, ReleasePolicyDocument policy)
      throws FailureException, IOException, InterruptedException {
    AzureNetwork network =
        AzureNetwork.lab(
            lab.trustFolder().resolve("tls-root.pem"),
            lab.proxyAddress(),
            URI.create(machine.imdsUrl()));
    String client = lab.principal(machine.name()).clientId().toString();
    try (JavaHttpExchange azure = JavaHttpExchange.overTls(network, Timeouts.REMOTE);
        JavaHttpExchange imds = JavaHttpExchange.toImds(network, Timeouts.LOCAL)) {
      ManagedIdentity identity =
          ManagedIdentity.withClientId(new ImdsEndpoint(network.imdsBase(), imds), client, time);
      return new KeyVaultHttpClient(azure, identity, time)
          .create(
              key,
              new KeyCreation(
                  shape,
                  new KeyProperties(List.of(), KeyLifetime.UNLIMITED, Map.of()),
                  new VaultReleasePolicy(
                      CanonicalWriter.write(policy), VaultReleasePolicy.Mutability.MUTABLE)));
    }
  }

  private ReleasePolicyDocument policy() throws IOException {
    try {
      return PolicyParser.parse(
          """
          {"version":"1.0.0","anyOf":[{"authority":"AUTHORITY","allOf":[
            {"claim":"x-ms-isolation-tee.x-ms-attestation-type","equals":"sevsnpvm"},
            {"claim":"x-ms-isolation-tee.x-ms-compliance-status","equals":"azure-compliant-cvm"}]}]}
          """
              .replace("AUTHORITY", lab.authorities().getFirst()));
    } catch (PolicySyntaxException e) {
      throw new IOException("the training's own policy is none: " + e.getMessage(), e);
    }
  }

  private String vault() {
    return lab.description().vaults().getFirst().name();
  }
}
