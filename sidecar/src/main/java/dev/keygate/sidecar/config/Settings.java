package dev.keygate.sidecar.config;

import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.wire.Listener;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of the server, checked: one that exists can be used.
 *
 * @param keys base identifiers by the names that the app uses
 * @param platform what a release needs
 * @param identity who the sidecar is
 * @param grants where to look for grants, and how often
 * @param local the local API and its callers
 */
public record Settings(
    Map<String, KeyIdentifier> keys,
    PlatformSettings platform,
    IdentitySettings identity,
    GrantSettings grants,
    LocalSettings local) {

  private static final String MANAGEMENT_PORT = "keygate.management.port";

  /** A key's name in this pod: that of an ExportableKey. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  /** Copies the map. */
  public Settings {
    keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
  }

  /**
   * Grants.
   *
   * @param directory empty where there is no operator
   */
  public record GrantSettings(Optional<Path> directory, Duration pollInterval) {}

  /** What listens on this machine, and who may have keys. */
  public record LocalSettings(
      ApiSettings api, ManagementSettings management, CallerSettings callers) {

    private static final String SOCKET_FILE = "api.sock";

    /** What the local API listens at. */
    public List<Listener> listeners() {
      List<Listener> listeners = new ArrayList<>();
      listeners.add(new Listener.Loopback(api.port()));
      if (api.sockets() == ApiSockets.ON && callers.directory().isPresent()) {
        Path folder = callers.directory().get();
        for (String container : callers.byContainer().keySet()) {
          listeners.add(
              new Listener.ContainerSocket(
                  container, folder.resolve(container).resolve(SOCKET_FILE)));
        }
      }
      return List.copyOf(listeners);
    }
  }

  /** Where the local API is. */
  public record ApiSettings(int port, ApiSockets sockets) {}

  /** Whether each container has a Unix socket of its own. */
  public enum ApiSockets {
    /** It has. */
    ON,
    /** The port is all there is. */
    OFF
  }

  /** Where health and metrics are. */
  public record ManagementSettings(InetAddress host, int port) {}

  /**
   * Checks what was written.
   *
   * @throws RefusedException naming the first key that is missing, malformed or contradicts another
   */
  public static Settings from(SidecarSettings written) throws RefusedException {
    Map<String, KeyIdentifier> keys = keys(written);
    PlatformSettings platform = PlatformSettings.from(written);
    if (platform.authorities().isEmpty()) {
      throw Refusal.of("keygate.authorities", "is missing: it pins who may attest this machine");
    }
    IdentityKind kind =
        Written.choice("keygate.identity.kind", IdentityKind.class, written.identity().kind());
    return new Settings(
        keys,
        platform,
        IdentitySettings.of(kind, written.identity()),
        new GrantSettings(
            Written.optionalPath("keygate.grants-directory", written.grantsDirectory()),
            Written.duration("keygate.grant-poll-interval", written.grantPollInterval())),
        local(written, keys.keySet()));
  }

  private static LocalSettings local(SidecarSettings written, Set<String> keys)
      throws RefusedException {
    int apiPort = Written.port("keygate.local-api.port", written.localApi().port());
    int port = Written.port(MANAGEMENT_PORT, written.management().port());
    if (port == apiPort) {
      throw Refusal.of(
          MANAGEMENT_PORT, "another port than that of the local API", written.management().port());
    }
    return new LocalSettings(
        new ApiSettings(
            apiPort,
            Written.choice(
                "keygate.local-api.unix-sockets",
                ApiSockets.class,
                written.localApi().unixSockets())),
        new ManagementSettings(
            Written.literalAddress("keygate.management.host", written.management().host()), port),
        CallerSettings.from(written, keys));
  }

  private static Map<String, KeyIdentifier> keys(SidecarSettings written) throws RefusedException {
    Map<String, KeyIdentifier> keys = new LinkedHashMap<>();
    for (Map.Entry<String, SidecarSettings.Key> key : written.keys().entrySet()) {
      String setting = "keygate.keys." + key.getKey();
      if (!NAME.matcher(key.getKey()).matches()) {
        throw Refusal.of(setting, "named like an ExportableKey", key.getKey());
      }
      keys.put(key.getKey(), pin(setting + ".identifier", key.getValue().identifier()));
    }
    if (keys.isEmpty()) {
      throw Refusal.of("keygate.keys.<name>.identifier", "is missing: it pins which key is used");
    }
    return keys;
  }

  private static KeyIdentifier pin(String setting, String written) throws RefusedException {
    try {
      KeyIdentifier key = KeyIdentifier.parse(written.strip());
      if (key.version().isEmpty()) {
        return key;
      }
    } catch (EndpointFormatException malformed) {
      throw Refusal.of(setting, "is no key identifier: " + malformed.getMessage());
    }
    throw Refusal.of(setting, "a base identifier, without a version", written);
  }
}
