package dev.keygate.sidecar.config;

import dev.keygate.failure.RefusedException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may call the local API.
 *
 * @param directory where the caller tokens lie; empty if there are no callers
 * @param keysByContainer the names of the keys that each container may have
 */
public record CallerSettings(Optional<Path> directory, Map<String, Set<String>> keysByContainer) {

  /** A container's name: an RFC 1123 label. */
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private static final String DIRECTORY = "keygate.callers-directory";

  /** Copies the map. */
  public CallerSettings {
    Map<String, Set<String>> copies = new LinkedHashMap<>();
    keysByContainer.forEach((container, keys) -> copies.put(container, Set.copyOf(keys)));
    keysByContainer = Map.copyOf(copies);
  }

  static CallerSettings from(SidecarSettings written, Set<String> knownKeys)
      throws RefusedException {
    Map<String, Set<String>> callers = new LinkedHashMap<>();
    for (Map.Entry<String, SidecarSettings.Caller> caller : written.callers().entrySet()) {
      String setting = "keygate.callers." + caller.getKey();
      if (!LABEL.matcher(caller.getKey()).matches()) {
        throw Refusal.of(setting, "named like a container", caller.getKey());
      }
      Set<String> keys = new LinkedHashSet<>(caller.getValue().keys());
      for (String key : keys) {
        if (!knownKeys.contains(key)) {
          throw Refusal.of(setting + ".keys", "a list of names under keygate.keys", key);
        }
      }
      callers.put(caller.getKey(), keys);
    }
    Optional<Path> directory = Written.optionalPath(DIRECTORY, written.callersDirectory());
    if (directory.isEmpty() && !callers.isEmpty()) {
      throw Refusal.of(DIRECTORY, "is missing: containers find their caller tokens there");
    }
    return new CallerSettings(directory, callers);
  }
}
