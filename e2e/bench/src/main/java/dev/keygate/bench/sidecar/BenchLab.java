package dev.keygate.bench.sidecar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
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
import dev.keygate.emulator.description.LabDescriptionException;
import dev.keygate.emulator.description.LabDescriptionReader;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultEffect;
import dev.keygate.emulator.fault.FaultRoute;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.failure.FailureException;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A lab in this process: one machine, a vault without limits and two that throttle. */
final class BenchLab implements AutoCloseable {

  static final String MACHINE = "vm";
  static final String AUTHORITY = "sharedweu.weu.attest.azure.net";
  static final String VAULT = "plenty";
  static final String FREE_REFUSALS = "scarce";
  static final String COUNTED_REFUSALS = "strict";
  private static final String IDENTITY = "guest";
  private static final String DESCRIPTION =
      """
      tenant: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be001
      location: westeurope
      authorities: [sharedweu.weu.attest.azure.net]
      principals:
        - name: guest
          clientId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be301
          objectId: 6f0c2a1e-3b58-4f0f-9a53-1d2c7a4be302
      vaults:
        - name: plenty
          permissions: [{principal: guest, keys: [create, get, release]}]
        - name: scarce
          settings: {throttling: refused_requests_are_free}
          permissions: [{principal: guest, keys: [create, get, release]}]
        - name: strict
          settings: {throttling: refused_requests_count}
          permissions: [{principal: guest, keys: [create, get, release]}]
      machines:
        - {name: vm, vmId: 2e0a7c55-93d2-4c0a-8a7d-5b1f0c6a0001, condition: healthy,
           identities: [guest]}
      """;
  private static final String POLICY =
      "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://"
          + AUTHORITY
          + "\",\"allOf\":[{\"claim\":\"x-ms-isolation-tee.x-ms-compliance-status\","
          + "\"equals\":\"azure-compliant-cvm\"}]}]}";

  private final Lab lab;

  private BenchLab(Lab lab) {
    this.lab = lab;
  }

  static BenchLab start(Path folder) throws IOException {
    try {
      return new BenchLab(
          Lab.start(LabDescriptionReader.read(DESCRIPTION), LabSetup.in(folder, new SystemTime())));
    } catch (LabDescriptionException e) {
      throw new IllegalStateException("the description above is none", e);
    }
  }

  Lab lab() {
    return lab;
  }

  LabMachine machine() {
    return lab.machine(MACHINE);
  }

  AzureNetwork network() throws FailureException {
    return AzureNetwork.lab(
        lab.trustFolder().resolve("tls-root.pem"),
        lab.proxyAddress(),
        URI.create(machine().imdsUrl()));
  }

  /** Those at which the machine's endorsement may end. */
  PinnedRoots roots() throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(lab.trustFolder().resolve("amd-root.pem"))) {
      var root = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return PinnedRoots.amd().plus(PinnedRoots.digestOf(root.getPublicKey()));
    }
  }

  /** Puts services as far away as Azure's are assumed to be. */
  void spread() {
    delay("imds." + MACHINE, "/metadata/THIM/.*", 20);
    delay("imds." + MACHINE, "/metadata/identity/.*", 40);
    delay(AUTHORITY, ".*", 120);
    delay(VAULT + ".vault.azure.net", ".*", 60);
  }

  private void delay(String host, String path, int millis) {
    lab.inject(
        new Fault(
            FaultRoute.of(host, path),
            new FaultEffect.Delay(Duration.ofMillis(millis)),
            Fault.Limits.NONE));
  }

  /** The policy of all keys. */
  static ReleasePolicyDocument policy() {
    try {
      return PolicyParser.parse(POLICY);
    } catch (PolicySyntaxException e) {
      throw new IllegalStateException("the policy above is none", e);
    }
  }

  /** The machine's identity. */
  String clientId() {
    return lab.principal(IDENTITY).clientId().toString();
  }

  /** An access token for vaults, made without asking anybody. */
  BearerToken vaultToken(Audience audience) {
    return new BearerToken(
        lab.token(IDENTITY, audience.resource()),
        audience,
        lab.clock().now().plus(Duration.ofMinutes(59)));
  }

  String mint(ObjectNode claims) {
    return lab.authorityControl().mint(AUTHORITY, claims);
  }

  /** Makes an exportable symmetric key. */
  KeyIdentifier create(String vault, String name)
      throws FailureException, InterruptedException, EndpointFormatException {
    return create(vault, name, new KeyShape.Oct("oct-HSM", OptionalInt.of(256)));
  }

  /** Makes an exportable key; the identifier is that of its version. */
  KeyIdentifier create(String vault, String name, KeyShape shape)
      throws FailureException, InterruptedException, EndpointFormatException {
    try (JavaHttpExchange exchange = JavaHttpExchange.overTls(network(), Timeouts.REMOTE)) {
      KeyIdentifier key = KeyIdentifier.parse(lab.vaultUrl(vault) + "/keys/" + name);
      return create(exchange, key, shape);
    }
  }

  private KeyIdentifier create(Exchange exchange, KeyIdentifier key, KeyShape shape)
      throws FailureException, InterruptedException {
    return new KeyVaultHttpClient(exchange, this::vaultToken, new SystemTime())
        .create(
            key,
            new KeyCreation(
                shape,
                new KeyProperties(List.of(), KeyLifetime.UNLIMITED, Map.of()),
                new VaultReleasePolicy(POLICY, VaultReleasePolicy.Mutability.MUTABLE)))
        .id();
  }

  @Override
  public void close() {
    lab.close();
  }
}
