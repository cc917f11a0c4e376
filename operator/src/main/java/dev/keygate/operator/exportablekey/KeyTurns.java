package dev.keygate.operator.exportablekey;

import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one object at a time work on a key in a vault. A vault has no conditional writes: of two
 * objects that name one key, both would see that there is none, both would create it, and the
 * second would write its policy over the first one's. Safe for use by several threads.
 */
final class KeyTurns {

  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /** Lasts until it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Begins a turn.
   *
   * @throws UnavailableException if another object has one; nobody waits here, because whoever has
   *     it may be waiting for the vault
   */
  Turn begin(KeyIdentifier key) throws UnavailableException {
    // A vault compares the names of keys without case.
    String name = key.base().toString().toLowerCase(Locale.ROOT);
    if (!taken.add(name)) {
      throw new UnavailableException(
          Reason.VaultUnavailable,
          "another object is at work on the key "
              + key
              + " in the vault; it is looked at again once that is done");
    }
    return () -> taken.remove(name);
  }
}
