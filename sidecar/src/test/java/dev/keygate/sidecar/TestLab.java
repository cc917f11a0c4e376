package dev.keygate.sidecar;

import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.FederatedIdentity;
import dev.keygate.azure.identity.ManagedIdentity;
import dev.keygate.azure.keyvault.KeyCreation;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.keyvault.KeyVaultHttpClient;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.emulator.Lab;
import dev.keygate.emulator.LabMachine;
import dev.keygate.emulator.LabSetup;
import dev.keygate.emulator.admin.MachineControl;
import dev.keygate.emulator.description.LabDescriptionReader;
import dev.keygate.emulator.entra.FederatedCredential;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.emulator.fault.FaultRoute;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.config.IdentitySettings;
import dev.keygate.sidecar.config.LabSettings;
import dev.keygate.sidecar.config.PlatformSettings;
import dev.keygate.sidecar.device.TransferKeyTemplate;
import dev.keygate.sidecar.testing.WorkloadIssuer;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A lab with machines in several conditions and keys of all types. */
public final class TestLab implements AutoCloseable {

  public static final String MAA = "https://sharedweu.weu.attest.azure.net";
  public static final String OTHER_MAA = "https://sharedneu.neu.attest.azure.net";
  public static final String VAULT = "https://contoso.vault.azure.net";
  public static final String HSM = "https://treasury.managedhsm.azure.net";

  private static final String DESCRIPTION =
      """
      tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001
      location: westeurope
      authorities: [sharedweu.weu.attest.azure.net, sharedneu.neu.attest.azure.net]
      principals:
        - name: guest
          clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be301
          objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be302
        - name: stranger
          clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be303
          objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be304
      vaults:
        - name: contoso
          permissions: [{principal: guest, keys: [create, get, update, verify, release]}]
        - name: treasury
          settings: {kind: managed_hsm}
          permissions: [{principal: guest, keys: [Managed HSM Crypto User]}]
      machines:
        - {name: healthy, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0001, condition: healthy,
           identities: [guest]}
        - {name: debug, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0002, condition: debug_allowed,
           identities: [guest]}
        - {name: stale, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0003, condition: stale_collateral,
           identities: [guest]}
        - {name: tampered, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0004, condition: healthy,
           identities: [guest]}
        - {name: stranger, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0005, condition: healthy,
           identities: [stranger]}
      """;

  private final Lab lab;

  private TestLab(Lab lab) {
    this.lab = lab;
  }

  /** Starts the lab and has its vault make the keys orders, session, signing and elsewhere. */
  public static TestLab start(Path folder) throws Exception {
    TestLab lab =
        new TestLab(
            Lab.start(
                LabDescriptionReader.read(DESCRIPTION), LabSetup.in(folder, new SystemTime())));
    lab.create("orders", new KeyShape.Rsa("RSA-HSM", 2048), policy("sevsnpvm"));
    lab.create("session", new KeyShape.Oct("oct-HSM", OptionalInt.of(256)), policy("sevsnpvm"));
    lab.create("signing", new KeyShape.Ec("EC-HSM", "P-256K"), policy("sevsnpvm"));
    lab.create("elsewhere", new KeyShape.Rsa("RSA-HSM", 2048), policy("tdxvm"));
    lab.create("either", new KeyShape.Oct("oct-HSM", OptionalInt.of(256)), either());
    lab.create(
        HSM, "session", new KeyShape.Oct("oct-HSM", OptionalInt.of(256)), policy("sevsnpvm"));
    return lab;
  }

  /** A policy of the lab's first authority for machines of one attestation type. */
  public static ReleasePolicyDocument policy(String type) throws Exception {
    return PolicyParser.parse(
        """
        {"version":"1.0.0","anyOf":[{"authority":"%s","allOf":[
          {"claim":"x-ms-isolation-tee.x-ms-attestation-type","equals":"%s"},
          {"claim":"x-ms-isolation-tee.x-ms-compliance-status","equals":"azure-compliant-cvm"}]}]}
        """
            .formatted(MAA, type));
  }

  /** A policy of both of the lab's authorities. */
  private static ReleasePolicyDocument either() throws Exception {
    String branch =
        """
        {"authority":"%s","allOf":[
          {"claim":"x-ms-isolation-tee.x-ms-compliance-status","equals":"azure-compliant-cvm"}]}
        """;
    return PolicyParser.parse(
        "{\"version\":\"1.0.0\",\"anyOf\":["
            + branch.formatted(MAA)
            + ","
            + branch.formatted(OTHER_MAA)
            + "]}");
  }

  /** Settings of a machine, with a transfer key of its own and the usual encryption. */
  PlatformSettings platform(String machine, String... authorities) throws Exception {
    return platform(settings(machine), authorities);
  }

  /** The same with other settings of the lab. */
  static PlatformSettings platform(LabSettings lab, String... authorities) throws Exception {
    List<AuthorityEndpoint> endpoints = new ArrayList<>();
    for (String authority : authorities) {
      endpoints.add(AuthorityEndpoint.parse(authority));
    }
    return new PlatformSettings(
        endpoints,
        KeyEncryption.RSA_AES_KEY_WRAP_256,
        machine(TransferKeyTemplate.RANDOM),
        Optional.of(lab));
  }

  /** A machine whose kernel keeps no event log: the lab says where that is. */
  static PlatformSettings.MachineSettings machine(TransferKeyTemplate template) {
    return new PlatformSettings.MachineSettings(template, Path.of("/nonexistent"));
  }

  /** The lab as seen from a machine. */
  public LabSettings settings(String name) {
    LabMachine machine = lab.machine(name);
    Path trust = lab.trustFolder();
    return new LabSettings(
        trust.resolve("tls-root.pem"),
        trust.resolve("amd-root.pem"),
        lab.proxyAddress(),
        URI.create(machine.imdsUrl()),
        new LabSettings.LabMachine(
            Optional.of(machine.tpmSocket()), Optional.of(machine.eventLog())));
  }

  /** The same as a process's settings. */
  Map<String, String> environment(String name) {
    LabSettings settings = settings(name);
    return Map.of(
        "keygate.lab.trust-roots", lab.trustFolder().toString(),
        "keygate.lab.proxy", "127.0.0.1:" + settings.proxy().getPort(),
        "keygate.lab.imds", settings.imds().toString(),
        "keygate.lab.tpm", settings.machine().tpm().orElseThrow().toString(),
        "keygate.lab.event-log", settings.machine().eventLog().orElseThrow().toString());
  }

  /** Has the vault make one more version of the key session. */
  KeyVersion newSessionVersion() throws Exception {
    return create("session", new KeyShape.Oct("oct-HSM", OptionalInt.of(256)), policy("sevsnpvm"));
  }

  /** Has the vault make a key under a policy. */
  KeyVersion newKey(String name, ReleasePolicyDocument policy) throws Exception {
    return create(name, new KeyShape.Rsa("RSA-HSM", 2048), policy);
  }

  /** Has the vault make one more version of the key orders. */
  KeyVersion newOrdersVersion() throws Exception {
    return create("orders", new KeyShape.Rsa("RSA-HSM", 2048), policy("sevsnpvm"));
  }

  /** Extends a PCR of a machine, behind the back of its boot event log. */
  void extendPcr(String machine, int pcr) {
    lab.extendPcr(machine, pcr);
  }

  /** What can be done to the machines. */
  MachineControl machines() {
    return lab.machineControl();
  }

  /** A workload identity of the guest, with a token that an issuer on loopback vouches for. */
  IdentitySettings workload(WorkloadIssuer issuer, Path folder) throws Exception {
    UUID client = lab.principal("guest").clientId();
    lab.register(
        new FederatedCredential(client, issuer.url(), WorkloadIssuer.SUBJECT, issuer.caPem()));
    Path token = Files.createTempFile(folder, "assertion", ".jwt");
    Files.writeString(token, issuer.assertion(FederatedCredential.AUDIENCE));
    return new IdentitySettings.Workload(
        FederatedIdentity.of(
            "https://login.microsoftonline.com/",
            lab.description().tenant().toString(),
            client.toString(),
            token));
  }

  /** Has something go wrong at one call to a service. */
  void injectOnce(String host, String path, FaultEffect effect) {
    lab.inject(new Fault(FaultRoute.of(host, path), effect, Fault.Limits.call(1)));
  }

  /** Has something go wrong at a service until {@link #clearFaults}. */
  public void inject(String host, String path, FaultEffect effect) {
    lab.inject(new Fault(FaultRoute.of(host, path), effect, Fault.Limits.NONE));
  }

  /** Lets all services answer for themselves again. */
  public void clearFaults() {
    lab.clearFaults();
  }

  /** How many attestations were decided. */
  long attestations() {
    return decisions("attest");
  }

  /** How many releases were decided. */
  long releases() {
    return decisions("KeyRelease");
  }

  private long decisions(String operation) {
    return lab.decisions().stream().filter(d -> d.operation().equals(operation)).count();
  }

  private KeyVersion create(String name, KeyShape shape, ReleasePolicyDocument policy)
      throws Exception {
    return create(VAULT, name, shape, policy);
  }

  private KeyVersion create(String vault, String name, KeyShape shape, ReleasePolicyDocument policy)
      throws Exception {
    LabSettings healthy = settings("healthy");
    AzureNetwork network = AzureNetwork.lab(healthy.tlsRoot(), healthy.proxy(), healthy.imds());
    SystemTime time = new SystemTime();
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(network, Timeouts.REMOTE)) {
      return new KeyVaultHttpClient(
              exchange, ManagedIdentity.ofMachine(ImdsEndpoint.of(network), time), time)
          .create(
              KeyIdentifier.parse(vault + "/keys/" + name),
              new KeyCreation(
                  shape,
                  new KeyProperties(List.of(), KeyLifetime.UNLIMITED, Map.of()),
                  new VaultReleasePolicy(
                      CanonicalWriter.write(policy), VaultReleasePolicy.Mutability.MUTABLE)))
          .id()
          .version()
          .orElseThrow();
    }
  }

  @Override
  public void close() {
    lab.close();
  }
}
