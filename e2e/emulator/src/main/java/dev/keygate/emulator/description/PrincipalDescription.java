package dev.keygate.emulator.description;

import java.util.UUID;

/**
 * Somebody who can get tokens.
 *
 * @param name how the rest of the description calls it
 * @param clientId the application id
 * @param objectId the object id
 */
public record PrincipalDescription(String name, UUID clientId, UUID objectId) {

  public PrincipalDescription {
    Names.require("principals", name);
  }
}
