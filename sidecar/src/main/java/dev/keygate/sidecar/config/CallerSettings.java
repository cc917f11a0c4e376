package dev.keygate.sidecar.config;

import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.delivery.Readers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The containers of the pod that may have keys.
 *
 * @param directory where their folders are; empty if there are no containers
 * @param readers who may read what lies in the folders
 * @param byContainer what each container may have
 */
public record CallerSettings(
    Optional<Path> directory, Readers readers, Map<String, Caller> byContainer) {

  /** A container's name: an RFC 1123 label. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final String DIRECTORY = "keygate.callers-directory";

  /** How a container gets its keys; over the local API in any case. */
  public enum Delivery {
    /** Over the local API alone. */
    API,
    /** As files too. */
    FILES
  }

  /**
   * A container.
   *
   * @param keys the names of the keys that it may have
   */
  public record Caller(Set<String> keys, Delivery delivery) {
    /** Copies the set. */
    public Caller {
      keys = Set.copyOf(keys);
    }
  }

  /** Copies the map. */
  public CallerSettings {
    byContainer = Collections.unmodifiableMap(new LinkedHashMap<>(byContainer));
  }

  /** The names of the keys that each container may have. */
  public Map<String, Set<String>> keysByContainer() {
    return byContainer.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, caller -> caller.getValue().keys()));
  }

  /** The names of the keys that each container gets as files; none for most. */
  public Map<String, Set<String>> filesByContainer() {
    return byContainer.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                caller ->
                    switch (caller.getValue().delivery()) {
                      case API -> Set.of();
                      case FILES -> caller.getValue().keys();
                    }));
  }

  static CallerSettings from(SidecarSettings written, Set<String> knownKeys)
      throws RefusedException {
    Map<String, Caller> callers = new LinkedHashMap<>();
    for (Map.Entry<String, SidecarSettings.Caller> caller : written.callers().entrySet()) {
      callers.put(caller.getKey(), caller(caller.getKey(), caller.getValue(), knownKeys));
    }
    Optional<Path> directory = Written.optionalPath(DIRECTORY, written.callersDirectory());
    if (directory.isEmpty() && !callers.isEmpty()) {
      throw Refusal.of(DIRECTORY, "is missing: containers find their caller tokens there");
    }
    Readers readers =
        Written.choice("keygate.callers-readable-by", Readers.class, written.callersReadableBy());
    return new CallerSettings(directory, readers, callers);
  }

  private static Caller caller(
      String container, SidecarSettings.Caller written, Set<String> knownKeys)
      throws RefusedException {
    String setting = "keygate.callers." + container;
    if (!LABEL.matcher(container).matches()) {
      throw Refusal.of(setting, "named like a container", container);
    }
    Set<String> keys = new LinkedHashSet<>();
    for (String key : written.keys()) {
      if (!knownKeys.contains(key.strip())) {
        throw Refusal.of(setting + ".keys", "a list of names under keygate.keys", key);
      }
      keys.add(key.strip());
    }
    return new Caller(
        keys, Written.choice(setting + ".delivery", Delivery.class, written.delivery()));
  }
}
