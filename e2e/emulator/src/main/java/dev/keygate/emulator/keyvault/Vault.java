package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.entra.Caller;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.access.AccessCheck;
import dev.keygate.emulator.keyvault.access.Permissions;
import dev.keygate.emulator.keyvault.change.BackupSeal;
import dev.keygate.emulator.keyvault.change.KeyChanges;
import dev.keygate.emulator.keyvault.key.KeyCatalog;
import dev.keygate.emulator.keyvault.key.KeyJson;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.release.KeyRelease;
import dev.keygate.emulator.keyvault.request.ApiVersion;
import dev.keygate.emulator.keyvault.request.Operation;
import dev.keygate.emulator.keyvault.request.VaultRoute;
import dev.keygate.emulator.keyvault.site.VaultSite;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.HttpService;
import dev.keygate.emulator.net.TlsIdentity;
import java.util.UUID;

/**
 * One vault or Managed HSM: authenticate, check the API version, route, authorize, count, do. A
 * release that an authenticated caller asked for is a decision, whatever came of it.
 */
public final class Vault implements HttpService {

  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;

  private final VaultSite site;
  private final CallerAuthentication authentication;
  private final Permissions permissions;
  private final AccessCheck access;
  private final RequestBudget budget;
  private final VaultOperations operations;
  private final KeyRelease release;
  private final KeyJson json;
  private final ReleaseRecords records;

  /**
   * What the vaults of a lab share.
   *
   * @param lab what releases need
   * @param log where decisions go
   * @param seal what sealed copies of keys are sealed with
   */
  public record Shared(KeyRelease.Lab lab, DecisionLog log, BackupSeal seal) {}

  /**
   * @param identity the TLS identity, which signs release envelopes too
   */
  public Vault(VaultSite site, KeyCatalog catalog, TlsIdentity identity, Shared shared) {
    this.site = site;
    this.permissions = new Permissions(shared.lab().time(), site.settings().propagation());
    this.access = new AccessCheck(site, permissions);
    this.authentication =
        new CallerAuthentication(site, shared.lab().issuers(), shared.lab().time());
    this.budget = new RequestBudget(site, shared.lab().time());
    this.operations = new VaultOperations(site, catalog, shared);
    this.json = new KeyJson(site);
    this.release = new KeyRelease(site, json, identity, shared.lab());
    this.records = new ReleaseRecords(site.host().hostName(), shared.log(), shared.lab().time());
  }

  /** Where it is. */
  public VaultSite site() {
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
    VaultKey rotated = operations.rotate(name);
    return json.identifier(rotated.name(), rotated.current().id());
  }

  @Override
  public HttpResponse answer(HttpRequest request) {
    UUID requestId = UUID.randomUUID();
    HttpResponse response;
    try {
      response = answerTo(authentication.authenticate(request), request);
    } catch (VaultRefusedException e) {
      response = e.toResponse(site.kind(), requestId);
      if (e.status() == UNAUTHORIZED) {
        response = response.with("WWW-Authenticate", authentication.challenge());
      }
    }
    return VaultHeaders.echo(site, request, VaultHeaders.add(site, response, requestId));
  }

  /** The answer to a caller whose token was verified. */
  HttpResponse answerTo(Caller caller, HttpRequest request) throws VaultRefusedException {
    ApiVersion apiVersion = ApiVersion.of(request);
    VaultRoute route = VaultRoute.of(request, site.kind());
    operations.keepUp();
    if (route.operation() == Operation.RELEASE) {
      return released(caller, apiVersion, route, request);
    }
    admit(caller, apiVersion, route, request);
    return operations.operate(apiVersion, route, request);
  }

  private HttpResponse released(
      Caller caller, ApiVersion apiVersion, VaultRoute route, HttpRequest request)
      throws VaultRefusedException {
    String identifier = json.identifier(route.name(), route.version());
    try {
      admit(caller, apiVersion, route, request);
      VaultKey key = operations.live(route.name());
      KeyRelease.Released released =
          release.release(
              new KeyRelease.Asked(apiVersion.text(), identifier, request.body()),
              key,
              KeyChanges.version(key, route.version()));
      records.allowed(caller, identifier, released);
      return HttpResponse.json(200, released.answer());
    } catch (VaultRefusedException e) {
      records.denied(caller, identifier, e);
      throw e;
    }
  }

  private void admit(Caller caller, ApiVersion apiVersion, VaultRoute route, HttpRequest request)
      throws VaultRefusedException {
    if (route.operation().isAsYoungAsRelease() && !apiVersion.hasRelease()) {
      throw VaultRefusals.noSuchRoute();
    }
    access.require(caller, route.operation().permission(), route.name());
    if (budget.isLimited()) {
      budget.take(operations.bucket(route, request));
    }
  }

  @Override
  public HttpResponse failure(int status, String sentence) {
    UUID requestId = UUID.randomUUID();
    ObjectNode body = Json.object();
    body.putObject("error")
        .put("code", failureCode(status))
        .put("message", VaultRefusedException.message(site.kind(), sentence, requestId));
    return VaultHeaders.add(site, HttpResponse.json(status, body), requestId);
  }

  private static String failureCode(int status) {
    if (status == TOO_MANY_REQUESTS) {
      return "Throttled";
    }
    return status >= 500 ? "InternalServerError" : "BadParameter";
  }
}
