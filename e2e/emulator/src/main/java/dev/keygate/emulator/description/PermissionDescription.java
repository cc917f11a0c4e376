package dev.keygate.emulator.description;

import java.util.List;
import java.util.Set;

/**
 * What a principal may do with a vault's keys.
 *
 * @param principal a principal's name
 * @param keys key permissions as access policies name them, such as {@code release}
 */
public record PermissionDescription(String principal, List<String> keys) {

  /** The names there are. */
  public static final Set<String> NAMES =
      Set.of("create", "get", "list", "update", "delete", "recover", "purge", "rotate", "release");

  public PermissionDescription {
    keys = List.copyOf(keys);
    for (String key : keys) {
      if (!NAMES.contains(key)) {
        throw new IllegalArgumentException(
            "keys: '" + key + "' is no key permission; there are " + NAMES);
      }
    }
  }
}
