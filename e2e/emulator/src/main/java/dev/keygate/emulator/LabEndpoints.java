package dev.keygate.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.description.PrincipalDescription;
import dev.keygate.emulator.description.TenantDescription;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.json.Json;

/**
 * lab.json: where everything is.
 *
 * <pre>
 *   tenant, location, proxy {host, port}, trustRoots, admin, loginUrl
 *   authorities  [url]
 *   tenants      [{id, location, loginUrl}], the lab's own first
 *   vaults       {name: url}
 *   principals   {name: {clientId, objectId, resourceId, tenant}}
 *   machines     {name: {vmId, folder, tpmSocket, eventLog, imdsUrl}}
 * </pre>
 */
final class LabEndpoints {

  private LabEndpoints() {}

  static ObjectNode of(Lab lab) {
    LabDescription description = lab.description();
    ObjectNode json = Json.object().put("tenant", description.tenant().toString());
    json.put("location", description.location());
    json.putObject("proxy")
        .put("host", lab.proxyAddress().getAddress().getHostAddress())
        .put("port", lab.proxyAddress().getPort());
    json.put("trustRoots", lab.trustFolder().toString()).put("admin", lab.adminUrl());
    ArrayNode tenants = json.putArray("tenants");
    for (TenantDescription one : description.allTenants()) {
      tenants
          .addObject()
          .put("id", one.id().toString())
          .put("location", one.location())
          .put("loginUrl", loginUrl(one));
    }
    json.set("loginUrl", tenants.path(0).path("loginUrl"));
    lab.authorities().forEach(json.putArray("authorities")::add);
    ObjectNode vaults = json.putObject("vaults");
    description.vaults().forEach(one -> vaults.put(one.name(), lab.vaultUrl(one.name())));
    ObjectNode principals = json.putObject("principals");
    for (PrincipalDescription one : description.principals()) {
      put(one, principals.putObject(one.name()));
    }
    ObjectNode machines = json.putObject("machines");
    for (LabMachine machine : lab.machines()) {
      machines
          .putObject(machine.name())
          .put("vmId", machine.vmId().toString())
          .put("folder", machine.folder().toString())
          .put("tpmSocket", machine.tpmSocket().toString())
          .put("eventLog", machine.eventLog().toString())
          .put("imdsUrl", machine.imdsUrl());
    }
    return json;
  }

  static String loginUrl(TenantDescription tenant) {
    return "https://" + tenant.cloud().loginHosts().getFirst();
  }

  private static void put(PrincipalDescription principal, ObjectNode json) {
    json.put("clientId", principal.clientId().toString());
    json.put("objectId", principal.objectId().toString());
    json.put("resourceId", ServicePrincipal.resourceIdOf(principal.name()));
    json.put("tenant", principal.tenant().toString());
  }
}
