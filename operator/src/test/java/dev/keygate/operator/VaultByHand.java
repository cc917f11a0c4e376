package dev.keygate.operator;

import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Payload;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.identity.BearerTokenSource;
import dev.keygate.azure.keyvault.KeyLifetime;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyProperties;
import dev.keygate.azure.keyvault.VaultKey;
import dev.keygate.azure.keyvault.VaultReleasePolicy;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.PolicySyntaxException;
import dev.keygate.policy.ReleasePolicyDocument;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What somebody with permissions does to keys of the vault contoso, past the operator. */
final class VaultByHand {

  private static final VaultHost CONTOSO = new VaultHost("contoso.vault.azure.net");
  private static final Upstream VAULT =
      new Upstream("the vault", Reason.VaultUnavailable, Reason.VaultResponseMalformed);

  private final KeyManagementClient client;
  private final Exchange exchange;
  private final BearerTokenSource tokens;

  VaultByHand(KeyManagementClient client, Exchange exchange, BearerTokenSource tokens) {
    this.client = client;
    this.exchange = exchange;
    this.tokens = tokens;
  }

  VaultKey key(String name) throws FailureException, InterruptedException {
    return client.get(id(name));
  }

  /** How many versions there are. */
  int versions(String name) throws FailureException, InterruptedException {
    return client.versions(id(name)).size();
  }

  ReleasePolicyDocument policy(String name)
      throws FailureException, InterruptedException, PolicySyntaxException {
    return PolicyParser.parse(key(name).recorded().releasePolicy().orElseThrow().json());
  }

  void setPolicy(String name, String json) throws FailureException, InterruptedException {
    client.patchPolicy(
        id(name), new VaultReleasePolicy(json, VaultReleasePolicy.Mutability.MUTABLE));
  }

  void setTags(String name, Map<String, String> tags)
      throws FailureException, InterruptedException {
    KeyProperties now = key(name).properties();
    client.update(id(name), new KeyProperties(now.operations(), now.lifetime(), tags));
  }

  void softDelete(String name) throws FailureException, InterruptedException {
    client.softDelete(id(name));
  }

  /** A new version as the portal's "New version" makes it: without tags. */
  void addVersion(String name) throws FailureException, InterruptedException {
    create(name);
  }

  void disable(KeyIdentifier version) throws FailureException, InterruptedException {
    KeyProperties now = client.get(version).properties();
    KeyLifetime disabled = new KeyLifetime(false, Optional.empty(), Optional.empty());
    client.update(version, new KeyProperties(now.operations(), disabled, now.tags()));
  }

  void createWithoutExport(String name) throws FailureException, InterruptedException {
    create(name);
  }

  private void create(String name) throws FailureException, InterruptedException {
    URI create = URI.create(id(name) + "/create?api-version=7.4");
    Call call = Call.post(create, Payload.json("{\"kty\":\"RSA-HSM\",\"key_size\":2048}"));
    exchange.send(VAULT, tokens.token(Audience.of(CONTOSO)).authorize(call));
  }

  private static KeyIdentifier id(String name) {
    return KeyIdentifier.of(CONTOSO, name);
  }
}
