package dev.keygate.emulator.description;

import dev.keygate.emulator.keyvault.access.KeyPermission;
import dev.keygate.emulator.keyvault.access.Role;
import java.util.List;

/**
 * What a principal may do with a vault's keys.
 *
 * @param principal a principal's name
 * @param keys key permissions as access policies name them, such as {@code release}, or titles or
 *     ids of built-in roles
 */
public record PermissionDescription(String principal, List<String> keys) {

  public PermissionDescription {
    keys = List.copyOf(keys);
    for (String key : keys) {
      if (KeyPermission.find(key).isEmpty() && Role.find(key).isEmpty()) {
        throw new IllegalArgumentException(
            "keys: '" + key + "' is no key permission, such as release, and no built-in role");
      }
    }
  }
}
