package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.keyvault.key.KeyJson;
import dev.keygate.emulator.keyvault.key.VaultKey;
import dev.keygate.emulator.keyvault.refusal.VaultRefusals;
import dev.keygate.emulator.keyvault.refusal.VaultRefusedException;
import dev.keygate.emulator.net.HttpRequest;
import java.util.List;
import java.util.Optional;

/** Lists in pages of at most 25. */
final class KeyLists {

  private static final int MAX_PAGE = 25;

  private final String vaultUrl;
  private final KeyJson json;

  KeyLists(String vaultUrl, KeyJson json) {
    this.vaultUrl = vaultUrl;
    this.json = json;
  }

  ObjectNode keys(HttpRequest request, List<VaultKey> keys) throws VaultRefusedException {
    return page(request, keys.stream().map(key -> json.item(key, key.current(), "")).toList());
  }

  ObjectNode deletedKeys(HttpRequest request, List<VaultKey> keys) throws VaultRefusedException {
    return page(request, keys.stream().map(json::deletedBundle).toList());
  }

  ObjectNode versions(HttpRequest request, VaultKey key) throws VaultRefusedException {
    return page(
        request,
        key.versions().stream().map(version -> json.item(key, version, version.id())).toList());
  }

  private ObjectNode page(HttpRequest request, List<ObjectNode> items)
      throws VaultRefusedException {
    int size = number(request, "maxresults", MAX_PAGE);
    int from = number(request, "$skiptoken", 0);
    if (size < 1 || size > MAX_PAGE) {
      throw VaultRefusals.badParameter("maxresults is not a number from 1 to 25.");
    }
    if (from < 0) {
      throw VaultRefusals.badParameter("$skiptoken is not one of this vault's.");
    }
    int begin = Math.clamp(from, 0, items.size());
    int end = Math.min(begin + size, items.size());
    ObjectNode page = Json.object();
    ArrayNode value = page.putArray("value");
    items.subList(begin, end).forEach(value::add);
    if (end < items.size()) {
      page.put(
          "nextLink",
          vaultUrl
              + request.path()
              + "?api-version="
              + request.parameter("api-version").orElse("")
              + "&$skiptoken="
              + end
              + "&maxresults="
              + size);
    } else {
      page.putNull("nextLink");
    }
    return page;
  }

  private static int number(HttpRequest request, String name, int byDefault)
      throws VaultRefusedException {
    Optional<String> text = request.parameter(name);
    try {
      return text.isEmpty() ? byDefault : Integer.parseInt(text.get());
    } catch (NumberFormatException e) {
      throw VaultRefusals.badParameter(name + " is not a number.");
    }
  }
}
