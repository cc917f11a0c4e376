package dev.keygate.emulator.keyvault.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.state.LabState;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys of one vault, written to the state at every change. One operation at a time: hold the
 * catalog's monitor from reading a key to putting it back.
 */
public final class KeyCatalog {

  private final SortedMap<String, VaultKey> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final LabState state;
  private final String file;

  private KeyCatalog(LabState state, String file) {
    this.state = state;
    this.file = file;
  }

  /**
   * Reads a vault's keys from the state.
   *
   * @param vaultName what the vault's part of the state is called
   */
  public static KeyCatalog open(LabState state, String vaultName) {
    String file = "vault-" + vaultName + ".json";
    KeyCatalog catalog = new KeyCatalog(state, file);
    Optional<String> text = state.read(file);
    if (text.isPresent()) {
      try {
        for (JsonNode key : Json.parseObject(text.get()).path("keys")) {
          catalog.remember(KeyText.read(key));
        }
      } catch (MalformedTextException e) {
        throw new IllegalStateException(
            "the state's " + file + " is damaged; remove it to start with an empty vault", e);
      }
    }
    return catalog;
  }

  /** The key of this name, deleted or not; names are compared without case. */
  public synchronized Optional<VaultKey> find(String name) {
    return Optional.ofNullable(keys.get(name));
  }

  /** All keys by name, deleted ones too. */
  public synchronized List<VaultKey> all() {
    return List.copyOf(keys.values());
  }

  /** Adds or replaces. */
  public synchronized void put(VaultKey key) {
    remember(key);
    save();
  }

  /** Forgets for good. */
  public synchronized void remove(String name) {
    keys.remove(name);
    save();
  }

  private synchronized void remember(VaultKey key) {
    keys.put(key.name(), key);
  }

  private void save() {
    ObjectNode whole = Json.object();
    keys.values().forEach(key -> whole.withArray("keys").add(KeyText.write(key)));
    state.write(file, whole.toString());
  }
}
