package dev.keygate.emulator.entra;

import java.util.UUID;

/**
 * Somebody who can get tokens: an app registration or a user-assigned managed identity.
 *
 * @param name for people
 * @param clientId the application id, {@code appid} of its tokens
 * @param objectId the object id, {@code oid} of its tokens, which roles are assigned to
 */
public record ServicePrincipal(String name, UUID clientId, UUID objectId) {

  public ServicePrincipal {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a principal has a name");
    }
  }

  /** The Azure resource id that it has as a user-assigned managed identity. */
  public String resourceId() {
    return resourceIdOf(name);
  }

  /** The resource id of a managed identity; the lab has one subscription and resource group. */
  public static String resourceIdOf(String name) {
    return "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/lab/providers/"
        + "Microsoft.ManagedIdentity/userAssignedIdentities/"
        + name;
  }
}
