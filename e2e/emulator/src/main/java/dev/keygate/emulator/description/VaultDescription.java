package dev.keygate.emulator.description;

import java.util.List;

/**
 * A vault.
 *
 * @param name the first label of its host
 * @param permissions who may do what with its keys
 * @param settings how it differs from an ordinary one
 */
public record VaultDescription(
    String name, List<PermissionDescription> permissions, VaultOptions settings) {

  public VaultDescription {
    Names.require("vaults", name);
    permissions = List.copyOf(permissions);
  }
}
