package dev.keygate.emulator.keyvault;

import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.net.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a request is about. Doubled and trailing slashes, which some clients send in place of a
 * version, mean the newest version.
 *
 * @param operation what to do
 * @param name the key's name; empty for lists
 * @param version a version's id; empty for the newest
 */
record VaultRoute(Operation operation, String name, String version) {

  private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");
  private static final Pattern VERSION = Pattern.compile("[0-9a-f]{32}");

  /** The operations and the permission of each. */
  enum Operation {
    LIST(KeyPermission.LIST),
    LIST_VERSIONS(KeyPermission.LIST),
    LIST_DELETED(KeyPermission.LIST),
    GET(KeyPermission.GET),
    GET_DELETED(KeyPermission.GET),
    CREATE(KeyPermission.CREATE),
    UPDATE(KeyPermission.UPDATE),
    DELETE(KeyPermission.DELETE),
    RECOVER(KeyPermission.RECOVER),
    PURGE(KeyPermission.PURGE),
    ROTATE(KeyPermission.ROTATE),
    RELEASE(KeyPermission.RELEASE);

    private final KeyPermission permission;

    Operation(KeyPermission permission) {
      this.permission = permission;
    }

    KeyPermission permission() {
      return permission;
    }
  }

  static VaultRoute of(HttpRequest request) throws VaultRefusedException {
    List<String> path = request.segments();
    if (path.isEmpty() || path.size() > 4) {
      throw VaultRefusals.noSuchRoute();
    }
    if (path.size() > 1 && !NAME.matcher(path.get(1)).matches()) {
      throw VaultRefusals.badParameter(
          "The request URI contains an invalid name; expected 1 to 127 letters, digits and"
              + " hyphens.");
    }
    return switch (path.getFirst()) {
      case "keys" -> keys(request.method(), path.subList(1, path.size()));
      case "deletedkeys" -> deletedKeys(request.method(), path.subList(1, path.size()));
      default -> throw VaultRefusals.noSuchRoute();
    };
  }

  private static VaultRoute keys(String method, List<String> path) throws VaultRefusedException {
    if (path.isEmpty()) {
      return only("GET", method, new VaultRoute(Operation.LIST, "", ""));
    }
    String name = path.getFirst();
    String last = path.getLast();
    return switch (path.size()) {
      case 1 -> key(method, name, "");
      case 2 ->
          switch (last) {
            case "create" -> only("POST", method, new VaultRoute(Operation.CREATE, name, ""));
            case "release" -> only("POST", method, new VaultRoute(Operation.RELEASE, name, ""));
            case "rotate" -> only("POST", method, new VaultRoute(Operation.ROTATE, name, ""));
            case "versions" ->
                only("GET", method, new VaultRoute(Operation.LIST_VERSIONS, name, ""));
            default -> key(method, name, version(last));
          };
      case 3 -> {
        if (!last.equals("release")) {
          throw VaultRefusals.noSuchRoute();
        }
        yield only("POST", method, new VaultRoute(Operation.RELEASE, name, version(path.get(1))));
      }
      default -> throw VaultRefusals.noSuchRoute();
    };
  }

  private static VaultRoute key(String method, String name, String version)
      throws VaultRefusedException {
    return switch (method) {
      case "GET" -> new VaultRoute(Operation.GET, name, version);
      case "PATCH" -> new VaultRoute(Operation.UPDATE, name, version);
      case "DELETE" -> {
        if (!version.isEmpty()) {
          throw VaultRefusals.methodNotAllowed();
        }
        yield new VaultRoute(Operation.DELETE, name, "");
      }
      default -> throw VaultRefusals.methodNotAllowed();
    };
  }

  private static VaultRoute deletedKeys(String method, List<String> path)
      throws VaultRefusedException {
    return switch (path.size()) {
      case 0 -> only("GET", method, new VaultRoute(Operation.LIST_DELETED, "", ""));
      case 1 ->
          switch (method) {
            case "GET" -> new VaultRoute(Operation.GET_DELETED, path.getFirst(), "");
            case "DELETE" -> new VaultRoute(Operation.PURGE, path.getFirst(), "");
            default -> throw VaultRefusals.methodNotAllowed();
          };
      case 2 -> {
        if (!path.getLast().equals("recover")) {
          throw VaultRefusals.noSuchRoute();
        }
        yield only("POST", method, new VaultRoute(Operation.RECOVER, path.getFirst(), ""));
      }
      default -> throw VaultRefusals.noSuchRoute();
    };
  }

  private static VaultRoute only(String allowed, String method, VaultRoute route)
      throws VaultRefusedException {
    if (!method.equals(allowed)) {
      throw VaultRefusals.methodNotAllowed();
    }
    return route;
  }

  private static String version(String text) throws VaultRefusedException {
    if (!VERSION.matcher(text).matches()) {
      throw VaultRefusals.badParameter(
          "The request URI contains an invalid version; expected 32 hexadecimal digits.");
    }
    return text;
  }
}
