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
}
