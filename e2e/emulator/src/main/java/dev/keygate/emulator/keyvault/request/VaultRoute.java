package dev.keygate.emulator.keyvault.request;

import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.endpoint.VaultKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request is about. Doubled and trailing slashes, which some clients send in place of a
 * version, mean the newest version.
 *
 * @param operation what to do
 * @param name the key's name; empty where no single key is meant
 * @param version a version's id; empty for the newest
 */
public record VaultRoute(Operation operation, String name, String version) {

  private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-]{1,127}");
  private static final Pattern VERSION = Pattern.compile("[0-9a-f]{32}");

  /** On a key's own address. */
  private static final List<Operation> OF_A_KEY =
      List.of(Operation.GET, Operation.UPDATE, Operation.DELETE, Operation.IMPORT);

  /** What can follow a key's name. */
  private static final Map<String, List<Operation>> OF_KEYS =
      Map.of(
          "create", List.of(Operation.CREATE),
          "versions", List.of(Operation.LIST_VERSIONS),
          "backup", List.of(Operation.BACKUP),
          "rotate", List.of(Operation.ROTATE),
          "rotationpolicy", List.of(Operation.GET_ROTATION_POLICY, Operation.SET_ROTATION_POLICY));

  /** What can follow a key's name or a version. */
  private static final Map<String, List<Operation>> OF_VERSIONS =
      Map.of(
          "encrypt", List.of(Operation.ENCRYPT),
          "decrypt", List.of(Operation.DECRYPT),
          "sign", List.of(Operation.SIGN),
          "verify", List.of(Operation.VERIFY),
          "wrapkey", List.of(Operation.WRAP_KEY),
          "unwrapkey", List.of(Operation.UNWRAP_KEY),
          "release", List.of(Operation.RELEASE));

  /**
   * Reads method and path.
   *
   * @throws VaultRefusedException if they are no route of this kind of vault
   */
  public static VaultRoute of(HttpRequest request, VaultKind kind) throws VaultRefusedException {
    List<String> path = request.segments();
    if (path.isEmpty() || path.size() > 4) {
      throw VaultRefusals.noSuchRoute();
    }
    if (path.size() > 1 && !NAME.matcher(path.get(1)).matches()) {
      throw VaultRefusals.badParameter(
          "The request URI contains an invalid name; expected 1 to 127 letters, digits and"
              + " hyphens.");
    }
    List<String> rest = path.subList(1, path.size());
    String method = request.method();
    return switch (path.getFirst()) {
      case "keys" -> keys(method, rest);
      case "deletedkeys" -> deletedKeys(method, rest);
      case "rng" -> random(method, rest, kind);
      default -> throw VaultRefusals.noSuchRoute();
    };
  }

  private static VaultRoute keys(String method, List<String> path) throws VaultRefusedException {
    return switch (path.size()) {
      case 0 -> one(method, "", "", List.of(Operation.LIST));
      case 1 ->
          path.getFirst().equals("restore") && method.equals("POST")
              ? new VaultRoute(Operation.RESTORE, "", "")
              : one(method, path.getFirst(), "", OF_A_KEY);
      case 2 -> ofName(method, path.getFirst(), path.getLast());
      case 3 -> {
        List<Operation> operations =
            Optional.ofNullable(OF_VERSIONS.get(path.getLast()))
                .orElseThrow(VaultRefusals::noSuchRoute);
        yield one(method, path.getFirst(), version(path.get(1)), operations);
      }
      default -> throw VaultRefusals.noSuchRoute();
    };
  }

  private static VaultRoute ofName(String method, String name, String last)
      throws VaultRefusedException {
    List<Operation> operations =
        OF_KEYS.getOrDefault(last, OF_VERSIONS.getOrDefault(last, List.of()));
    if (!operations.isEmpty()) {
      return one(method, name, "", operations);
    }
    return one(method, name, version(last), List.of(Operation.GET, Operation.UPDATE));
  }

  private static VaultRoute deletedKeys(String method, List<String> path)
      throws VaultRefusedException {
    return switch (path.size()) {
      case 0 -> one(method, "", "", List.of(Operation.LIST_DELETED));
      case 1 -> one(method, path.getFirst(), "", List.of(Operation.GET_DELETED, Operation.PURGE));
      case 2 -> {
        if (!path.getLast().equals("recover")) {
          throw VaultRefusals.noSuchRoute();
        }
        yield one(method, path.getFirst(), "", List.of(Operation.RECOVER));
      }
      default -> throw VaultRefusals.noSuchRoute();
    };
  }

  private static VaultRoute random(String method, List<String> path, VaultKind kind)
      throws VaultRefusedException {
    if (kind != VaultKind.MANAGED_HSM || !path.isEmpty()) {
      throw VaultRefusals.noSuchRoute();
    }
    return one(method, "", "", List.of(Operation.RANDOM));
  }

  private static VaultRoute one(String method, String name, String version, List<Operation> offered)
      throws VaultRefusedException {
    Operation operation =
        offered.stream()
            .filter(one -> one.method().equals(method))
            .findFirst()
            .orElseThrow(VaultRefusals::methodNotAllowed);
    return new VaultRoute(operation, name, version);
  }

  private static String version(String text) throws VaultRefusedException {
    if (!VERSION.matcher(text).matches()) {
      throw VaultRefusals.badParameter(
          "The request URI contains an invalid version; expected 32 hexadecimal digits.");
    }
    return text;
  }
}
