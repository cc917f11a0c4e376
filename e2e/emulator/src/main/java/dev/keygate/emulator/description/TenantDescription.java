package dev.keygate.emulator.description;

import dev.keygate.emulator.entra.Cloud;
import java.util.UUID;

/**
 * A tenant.
 *
 * @param id its GUID
 * @param location the Azure region where its vaults and machines are unless they say otherwise; its
 *     cloud follows from it
 */
public record TenantDescription(UUID id, String location) {

  public TenantDescription {
    Names.requireLocation(location);
  }

  /** The cloud it lives in. */
  public Cloud cloud() {
    return Cloud.ofLocation(location);
  }
}
