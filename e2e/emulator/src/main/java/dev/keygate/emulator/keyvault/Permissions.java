package dev.keygate.emulator.keyvault;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who may do what in one vault, by object id; nobody by default. Safe for use by threads. */
public final class Permissions {

  private final Map<UUID, Set<KeyPermission>> byObjectId = new ConcurrentHashMap<>();

  /** Replaces what a principal may do. */
  public void assign(UUID objectId, Set<KeyPermission> permissions) {
    EnumSet<KeyPermission> copy = EnumSet.noneOf(KeyPermission.class);
    copy.addAll(permissions);
    byObjectId.put(objectId, copy);
  }

  boolean allows(UUID objectId, KeyPermission permission) {
    return byObjectId.getOrDefault(objectId, Set.of()).contains(permission);
  }
}
