package dev.keygate.scenarios.sequences;

import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerToken;
import dev.keygate.azure.keyvault.DeletedKey;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.KeyVaultHttpClient;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Somebody with permissions at the vault contoso, past the operator. */
final class VaultHand implements AutoCloseable {

  static final String NAME = "contoso";
  static final String HOST = NAME + ".vault.azure.net";

  private static final VaultHost VAULT = new VaultHost(HOST);

  private final JavaHttpExchange azure;
  private final KeyManagementClient client;

  private VaultHand(JavaHttpExchange azure, KeyManagementClient client) {
    this.azure = azure;
    this.client = client;
  }

  /** One with a token for an hour. */
  static VaultHand at(LabProcess lab, TimeSource time) throws Surprise, InterruptedException {
    try {
      AzureNetwork network =
          AzureNetwork.lab(
              lab.trustRoots().resolve("tls-root.pem"),
              lab.proxyAddress(),
              lab.machine("cvm-1").imds());
      BearerToken token =
          new BearerToken(
              lab.token("operator"), Audience.of(VAULT), time.now().plus(Duration.ofHours(1)));
      JavaHttpExchange azure = JavaHttpExchange.overTls(network, Timeouts.REMOTE);
      return new VaultHand(azure, new KeyVaultHttpClient(azure, _ -> token, time));
    } catch (RefusedException e) {
      throw new Surprise("the vault cannot be asked by hand: " + e.getMessage(), e);
    }
  }

  /** What there is of a name. */
  VaultRecord record(String name) throws FailureException, InterruptedException {
    Optional<VaultKey> current = unlessMissing(() -> client.get(id(name)));
    Optional<DeletedKey> deleted =
        current.isPresent() ? Optional.empty() : unlessMissing(() -> client.getDeleted(id(name)));
    return new VaultRecord(
        current, deleted, current.isPresent() ? client.versions(id(name)).size() : 0);
  }

  void setPolicy(String name, WrittenPolicy policy) throws FailureException, InterruptedException {
    client.patchPolicy(
        id(name), new VaultReleasePolicy(policy.grammar(), VaultReleasePolicy.Mutability.MUTABLE));
  }

  void takeTags(String name) throws FailureException, InterruptedException {
    KeyProperties now = client.get(id(name)).properties();
    client.update(
        id(name), new KeyProperties(now.operations(), now.lifetime(), Map.of("by", "hand")));
  }

  void disable(String name) throws FailureException, InterruptedException {
    KeyProperties now = client.get(id(name)).properties();
    KeyLifetime disabled = new KeyLifetime(false, Optional.empty(), Optional.empty());
    client.update(id(name), new KeyProperties(now.operations(), disabled, now.tags()));
  }

  void softDelete(String name) throws FailureException, InterruptedException {
    client.softDelete(id(name));
  }

  private static KeyIdentifier id(String name) {
    return KeyIdentifier.of(VAULT, name);
  }

  private interface Reading<T> {
    T read() throws FailureException, InterruptedException;
  }

  private static <T> Optional<T> unlessMissing(Reading<T> reading)
      throws FailureException, InterruptedException {
    try {
      return Optional.of(reading.read());
    } catch (RefusedException e) {
      if (e.reason() == Reason.KeyNotFound) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    azure.close();
  }
}
