package dev.keygate.emulator.keyvault.access;

import dev.keygate.emulator.entra.Caller;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.keyvault.site.VaultSite;

/** Lets callers through who may do what they ask, and refuses others in the words of the model. */
public final class AccessCheck {

  private final VaultSite site;
  private final Permissions permissions;

  /** A check of these permissions. */
  public AccessCheck(VaultSite site, Permissions permissions) {
    this.site = site;
    this.permissions = permissions;
  }

  /**
   * Passes a caller who has the permission.
   *
   * @param keyName empty where the request concerns no single key
   */
  public void require(Caller caller, KeyPermission permission, String keyName)
      throws VaultRefusedException {
    if (permissions.allows(caller.objectId(), permission)) {
      return;
    }
    switch (site.kind()) {
      case MANAGED_HSM -> throw byLocalRoles(permission, keyName);
      case VAULT -> {
        switch (site.settings().access()) {
          case RBAC -> throw byRoles(caller, permission, keyName);
          case ACCESS_POLICIES -> throw byPolicy(caller, permission);
        }
      }
    }
  }

  private VaultRefusedException byLocalRoles(KeyPermission permission, String keyName) {
    String scope = keyName.isEmpty() ? "/keys" : "/keys/" + keyName;
    return VaultRefusals.accessDenied(
        "Not authorized to access " + permission.dataAction(site.kind()) + " on " + scope);
  }

  private VaultRefusedException byPolicy(Caller caller, KeyPermission permission) {
    return VaultRefusals.forbidden(
        "ForbiddenByPolicy",
        "The user, group or application '"
            + described(caller)
            + "' does not have keys "
            + permission.wireName()
            + " permission on key vault '"
            + place()
            + "'. For help resolving this issue, please see"
            + " https://go.microsoft.com/fwlink/?linkid=2125287");
  }

  private VaultRefusedException byRoles(Caller caller, KeyPermission permission, String keyName) {
    return VaultRefusals.forbidden(
        "ForbiddenByRbac",
        "Caller is not authorized to perform action on resource.\r\n"
            + "If role assignments, deny assignments or role definitions were changed recently,"
            + " please observe propagation time.\r\nCaller: "
            + described(caller)
            + "\r\nAction: '"
            + permission.dataAction(site.kind())
            + "'\r\nResource: '/subscriptions/lab/resourcegroups/lab/providers/microsoft.keyvault"
            + "/vaults/"
            + site.name()
            + (keyName.isEmpty() ? "" : "/keys/" + keyName)
            + "'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\nDecisionReason: null \r\n"
            + "Vault: "
            + place()
            + "\r\n");
  }

  private static String described(Caller caller) {
    return "appid="
        + caller.appId()
        + ";oid="
        + caller.objectId()
        + ";iss=https://sts.windows.net/"
        + caller.tenantId()
        + "/";
  }

  private String place() {
    return site.name() + ";location=" + site.location();
  }
}
