package dev.keygate.emulator.description;

import java.util.List;

/**
 * A vault.
 *
 * @param name the first label of its host
 * @param permissions who may do what with its keys
 */
public record VaultDescription(String name, List<PermissionDescription> permissions) {

  public VaultDescription {
    Names.require("vaults", name);
    permissions = List.copyOf(permissions);
  }
}
