package dev.keygate.emulator.description;

import java.util.UUID;

/**
 * Somebody who can get tokens.
 *
 * @param name how the rest of the description calls it
 * @param clientId the application id
 * @param objectId the object id
 * @param tenant whose tokens it gets; the lab's own tenant unless told otherwise
 */
public record PrincipalDescription(String name, UUID clientId, UUID objectId, UUID tenant) {

  public PrincipalDescription {
    Names.require("principals", name);
  }
}
