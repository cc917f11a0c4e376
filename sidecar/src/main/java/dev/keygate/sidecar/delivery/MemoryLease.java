package dev.keygate.sidecar.delivery;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.sidecar.unwrap.KeyEncoding;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds keys in this process for the local API. Every key is zeroed when it leaves. */
public final class MemoryLease implements KeySink, AutoCloseable {

  private record Held(ReleasedKey key, VersionState state) {}

  private final Map<String, Map<KeyVersion, Held>> keys = new LinkedHashMap<>();

  /**
   * {@inheritDoc}
   *
   * <p>The first version of a key is current until {@link #settle} says otherwise; later ones are
   * not.
   */
  @Override
  public synchronized void deliver(String name, ReleasedKey key) {
    Map<KeyVersion, Held> versions = keys.computeIfAbsent(name, _ -> new LinkedHashMap<>());
    KeyVersion version = versionOf(key);
    Held before = versions.get(version);
    VersionState state =
        before != null
            ? before.state()
            : versions.isEmpty() ? VersionState.Current : VersionState.Overlap;
    versions.put(version, new Held(key, state));
    if (before != null) {
      before.key().close();
    }
  }

  @Override
  public synchronized boolean has(String name, KeyVersion version) {
    return versions(name).containsKey(version);
  }

  @Override
  public synchronized void settle(String name, List<GrantedVersion> granted) {
    Map<KeyVersion, Held> before = versions(name);
    boolean hasCurrent =
        granted.stream()
            .anyMatch(g -> g.state() == VersionState.Current && before.containsKey(g.version()));
    if (!hasCurrent) {
      return;
    }
    Map<KeyVersion, Held> after = new LinkedHashMap<>();
    for (GrantedVersion version : granted) {
      Held held = before.get(version.version());
      if (held != null) {
        after.put(version.version(), new Held(held.key(), version.state()));
      }
    }
    before.forEach(
        (version, held) -> {
          if (!after.containsKey(version)) {
            held.key().close();
          }
        });
    keys.put(name, after);
  }

  @Override
  public synchronized void withdraw(String name, KeyVersion version) {
    Map<KeyVersion, Held> versions = keys.get(name);
    Held gone = versions == null ? null : versions.remove(version);
    if (gone != null) {
      gone.key().close();
    }
  }

  @Override
  public synchronized Set<KeyVersion> present(String name) {
    return Set.copyOf(versions(name).keySet());
  }

  @Override
  public synchronized boolean serves(String name) {
    return versions(name).values().stream().anyMatch(held -> held.state() == VersionState.Current);
  }

  /** The versions of a key that are held, without material. */
  public synchronized List<HeldVersion> held(String name) {
    return versions(name).values().stream()
        .map(held -> new HeldVersion(held.key().description(), held.state()))
        .toList();
  }

  /**
   * Writes a key.
   *
   * @param version empty for the current one
   */
  public synchronized LeaseAnswer write(
      String name, Optional<KeyVersion> version, KeyEncoding encoding) {
    Map<KeyVersion, Held> versions = versions(name);
    if (versions.isEmpty()) {
      return new LeaseAnswer.NothingHeld();
    }
    Optional<Held> held =
        version.isPresent()
            ? Optional.ofNullable(versions.get(version.get()))
            : versions.values().stream()
                .filter(candidate -> candidate.state() == VersionState.Current)
                .findFirst();
    if (held.isEmpty()) {
      return new LeaseAnswer.VersionNotHeld();
    }
    ReleasedKey key = held.get().key();
    return key.allows(encoding)
        ? new LeaseAnswer.Written(versionOf(key), key.encode(encoding))
        : new LeaseAnswer.EncodingNotAllowed();
  }

  /** Zeroes everything. */
  @Override
  public synchronized void close() {
    keys.values().forEach(versions -> versions.values().forEach(held -> held.key().close()));
    keys.clear();
  }

  private Map<KeyVersion, Held> versions(String name) {
    return keys.getOrDefault(name, Map.of());
  }

  private static KeyVersion versionOf(ReleasedKey key) {
    return key.description().identifier().version().orElseThrow();
  }
}
