package dev.keygate.operator.exportablekey;

import dev.keygate.azure.http.Answer;
import dev.keygate.azure.http.Call;
import dev.keygate.azure.http.Exchange;
import dev.keygate.azure.http.Payload;
import dev.keygate.azure.http.Upstream;
import dev.keygate.azure.identity.Audience;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.azure.keyvault.KeyVaultHttpClient;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.keyvault.Vault;
import dev.keygate.emulator.keyvault.access.KeyPermission;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.site.VaultSettings;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The lab's own vaults in this process: a Key Vault and a Managed HSM. Every request is
 * authenticated, authorised and answered by the code that serves them over TLS.
 */
final class ModelVaults {

  static final String VAULT = "contoso.vault.azure.net";
  static final String HSM = "contoso.managedhsm.azure.net";
  static final Upstream UPSTREAM =
      new Upstream("the vault", Reason.VaultUnavailable, Reason.VaultResponseMalformed);

  /** What the operator's shipped role lets it do. */
  static final Set<KeyPermission> ROLE =
      EnumSet.of(
          KeyPermission.CREATE,
          KeyPermission.GET,
          KeyPermission.LIST,
          KeyPermission.UPDATE,
          KeyPermission.DELETE,
          KeyPermission.RECOVER);

  private final Map<String, Vault> vaults = new HashMap<>();
  private final Map<String, KeyCatalog> catalogs = new HashMap<>();
  private final Map<String, Set<KeyPermission>> granted = new HashMap<>();
  private final KeyManagementClient officer;
  private final ModelLab lab;

  ModelVaults(ModelLab lab, ModelClock clock, VaultSettings settings, SecureRandom random) {
    this.lab = lab;
    for (String host : List.of(VAULT, HSM)) {
      VaultSite site = new VaultSite(new VaultHost(host), ModelLab.TENANT, "westeurope", settings);
      KeyCatalog catalog = KeyCatalog.open(new MemoryState(), site.stateName());
      Vault vault = lab.vault(site, catalog, clock, random);
      vault
          .permissions()
          .establish(ModelLab.OFFICER.objectId(), EnumSet.allOf(KeyPermission.class));
      vaults.put(host, vault);
      catalogs.put(host, catalog);
      permit(host, ROLE);
    }
    officer = new KeyVaultHttpClient(this::send, lab.tokens(ModelLab.OFFICER), clock);
  }

  /** Changes what the operator may do; at once. */
  void permit(String host, Set<KeyPermission> permissions) {
    granted.put(host, permissions);
    vault(host).permissions().establish(ModelLab.OPERATOR.objectId(), permissions);
  }

  Set<KeyPermission> permitted(String host) {
    return Objects.requireNonNull(granted.get(host));
  }

  /** Somebody with all permissions and no faults in the way. */
  KeyManagementClient officer() {
    return officer;
  }

  /** What that somebody does that our client cannot do. */
  Answer byHand(Call.Method method, String url, String json) {
    try {
      URI uri = URI.create(url + "?api-version=7.4");
      Call call = new Call(method, uri, Map.of(), Payload.json(json));
      Audience audience = Audience.of(new VaultHost(String.valueOf(uri.getHost())));
      return send(UPSTREAM, lab.tokens(ModelLab.OFFICER).token(audience).authorize(call));
    } catch (FailureException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An exchange of somebody else with the same vaults. */
  Exchange direct() {
    return this::send;
  }

  KeyVaultHttpClient client(Exchange exchange, ServicePrincipal who, ModelClock clock) {
    return new KeyVaultHttpClient(exchange, lab.tokens(who), clock.operators());
  }

  /** A key as the vault has it, deleted ones too. */
  Optional<VaultKey> truth(String host, String name) {
    return Objects.requireNonNull(catalogs.get(host)).find(name);
  }

  private Answer send(Upstream upstream, Call call) {
    HttpResponse response = vault(String.valueOf(call.uri().getHost())).answer(request(call));
    Map<String, List<String>> headers = new HashMap<>();
    response.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return new Answer(call.address(), response.status(), headers, Bytes.ofUtf8(response.body()));
  }

  private Vault vault(String host) {
    return Objects.requireNonNull(vaults.get(host));
  }

  private static HttpRequest request(Call call) {
    Map<String, String> query = new HashMap<>();
    for (String pair : String.valueOf(call.uri().getRawQuery()).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
    }
    return new HttpRequest(
        call.method().name(),
        call.uri().getRawPath(),
        query,
        call.headers(),
        call.payload().body().utf8());
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
