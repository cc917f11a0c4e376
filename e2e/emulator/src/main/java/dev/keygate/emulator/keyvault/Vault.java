package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyJson;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.net.TlsIdentity;
import java.util.Optional;
import java.util.UUID;

/** One vault: authenticate, check the API version, route, authorize, do. */
public final class Vault implements HttpService {

  private static final int TOO_MANY_REQUESTS = 429;

  private final Site site;
  private final CallerAuthentication authentication;
  private final Permissions permissions;
  private final KeyCatalog catalog;
  private final KeyCreation creation;
  private final KeyChanges changes;
  private final KeyRotation rotation;
  private final KeyLists lists;
  private final KeyJson json;
  private final KeyRelease release;

  /**
   * Where a vault is.
   *
   * @param name the first label of its host
   * @param tenantId whose tokens it takes
   * @param location an Azure region
   */
  public record Site(String name, UUID tenantId, String location) {

    /** The host. */
    public String host() {
      return name + ".vault.azure.net";
    }

    /** The base address, without a slash at its end. */
    public String url() {
      return "https://" + host();
    }
  }

  /**
   * @param identity the TLS identity, which signs release envelopes too
   */
  public Vault(Site site, KeyCatalog catalog, TlsIdentity identity, KeyRelease.Lab lab) {
    this.site = site;
    this.catalog = catalog;
    this.permissions = new Permissions();
    this.json = new KeyJson(site.url());
    this.authentication = new CallerAuthentication(site.tenantId(), lab.issuers(), lab.time());
    this.creation = new KeyCreation(catalog, lab.random(), lab.time());
    this.changes = new KeyChanges(catalog, lab.time());
    this.rotation = new KeyRotation(catalog, changes, lab.random(), lab.time());
    this.lists = new KeyLists(site.url(), json);
    this.release = new KeyRelease(site.host(), json, identity, lab);
  }

  /** Where it is. */
  public Site site() {
    return site;
  }

  /** Who may do what; can be changed at any time. */
  public Permissions permissions() {
    return permissions;
  }

  /**
   * Makes a new version of a key, as a person in the portal would.
   *
   * @return the new version's identifier
   * @throws VaultRefusedException if there is no such key, or it is disabled
   */
  public String rotate(String name) throws VaultRefusedException {
    VaultKey rotated = rotation.rotate(name);
    return json.identifier(rotated.name(), rotated.current().id());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    HttpResponse response;
    try {
      Caller caller = authentication.authenticate(request);
      ApiVersion apiVersion = ApiVersion.of(request);
      VaultRoute route = VaultRoute.of(request);
      authorize(caller, route);
      response = operate(caller, apiVersion, route, request);
    } catch (VaultRefusedException e) {
      response = e.toResponse();
      if (e.status() == 401) {
        response = response.with("WWW-Authenticate", authentication.challenge());
      }
    }
    return withHeaders(request, response);
  }

  private void authorize(Caller caller, VaultRoute route) throws VaultRefusedException {
    KeyPermission permission = route.operation().permission();
    if (!permissions.allows(caller.objectId(), permission)) {
      throw VaultRefusals.forbidden(
          "ForbiddenByRbac",
          "Caller is not authorized to perform action on resource.\r\n"
              + "If role assignments, deny assignments or role definitions were changed recently,"
              + " please observe propagation time.\r\nCaller: appid="
              + caller.appId()
              + ";oid="
              + caller.objectId()
              + ";iss=https://sts.windows.net/"
              + caller.tenantId()
              + "/\r\nAction: '"
              + permission.dataAction()
              + "'\r\nResource: '/subscriptions/lab/resourcegroups/lab/providers/microsoft.keyvault"
              + "/vaults/"
              + site.name()
              + (route.name().isEmpty() ? "" : "/keys/" + route.name())
              + "'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\nDecisionReason: null \r\n"
              + "Vault: "
              + site.name()
              + ";location="
              + site.location()
              + "\r\n");
    }
  }

  private HttpResponse operate(
      Caller caller, ApiVersion apiVersion, VaultRoute route, HttpRequest request)
      throws VaultRefusedException {
    return switch (route.operation()) {
      case LIST -> ok(lists.keys(request, catalog.all().stream().filter(Vault::isLive).toList()));
      case LIST_VERSIONS -> ok(lists.versions(request, changes.live(route.name())));
      case LIST_DELETED ->
          ok(
              lists.deletedKeys(
                  request, catalog.all().stream().filter(key -> !isLive(key)).toList()));
      case GET -> bundle(changes.live(route.name()), route.version());
      case GET_DELETED -> ok(json.deletedBundle(changes.deleted(route.name())));
      case CREATE ->
          bundle(creation.create(route.name(), apiVersion, KeyBody.parse(request.body())), "");
      case UPDATE -> bundle(changes.update(route, KeyBody.parse(request.body())), route.version());
      case DELETE -> ok(json.deletedBundle(changes.delete(route.name())));
      case RECOVER -> bundle(changes.recover(route.name()), "");
      case PURGE -> {
        changes.purge(route.name());
        yield HttpResponse.empty(204);
      }
      case ROTATE -> {
        if (!apiVersion.hasRotation()) {
          throw VaultRefusals.noSuchRoute();
        }
        yield bundle(rotation.rotate(route.name()), "");
      }
      case RELEASE -> release(caller, apiVersion, route, request);
    };
  }

  private HttpResponse release(
      Caller caller, ApiVersion apiVersion, VaultRoute route, HttpRequest request)
      throws VaultRefusedException {
    VaultKey key = changes.live(route.name());
    KeyRelease.Asked asked =
        new KeyRelease.Asked(
            caller.objectId().toString(),
            apiVersion.text(),
            json.identifier(route.name(), route.version()),
            request.body());
    return ok(release.release(asked, key, KeyChanges.version(key, route.version())));
  }

  private HttpResponse bundle(VaultKey key, String version) throws VaultRefusedException {
    return ok(json.bundle(key, KeyChanges.version(key, version)));
  }

  private static HttpResponse ok(ObjectNode body) {
    return HttpResponse.json(200, body);
  }

  private static boolean isLive(VaultKey key) {
    return key.deletedAt().isEmpty();
  }

  private HttpResponse withHeaders(HttpRequest request, HttpResponse response) {
    HttpResponse full =
        response
            .with("Cache-Control", "no-cache")
            .with("Pragma", "no-cache")
            .with("Expires", "-1")
            .with("x-ms-keyvault-region", site.location())
            .with("x-ms-keyvault-service-version", "1.9.2784.1")
            .with("x-ms-request-id", UUID.randomUUID().toString())
            .with(
                "x-ms-keyvault-network-info",
                "conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=InterNetwork;")
            .with("Strict-Transport-Security", "max-age=31536000;includeSubDomains")
            .with("X-Content-Type-Options", "nosniff");
    Optional<String> client = request.header("x-ms-client-request-id");
    return client.isPresent() ? full.with("x-ms-client-request-id", client.get()) : full;
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    ObjectNode body = Json.object();
    body.putObject("error").put("code", failureCode(status)).put("message", sentence);
    return HttpResponse.json(status, body);
  }

  private static String failureCode(int status) {
    if (status == TOO_MANY_REQUESTS) {
      return "Throttled";
    }
    return status >= 500 ? "InternalServerError" : "BadParameter";
  }
}
