package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Requests near those of a client: a route, names and versions that may exist, and a body with some
 * of it replaced, dropped, cut off or turned into noise. The same seed makes the same requests.
 */
final class RandomRequests {

  private static final List<String> VERSIONS =
      List.of("7.4", "7.4", "7.4", "7.4", "7.3", "2025-07-01", "2026-04-01", "7.2", "7.9", "", "x");
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "EC-HSM",
          "oct-HSM",
          "P-256",
          "P-521",
          "AQAB",
          "AAAA",
          "%%%",
          "=",
          "====A",
          "sign",
          "encrypt",
          "wrapKey",
          "RS256",
          "ES256",
          "A128GCM",
          "RSA-OAEP",
          "P30D",
          "-P9D",
          "P999999999Y",
          "Rotate",
          "\u0000",
          "\ud800",
          "\u202e",
          "9223372036854775808",
          "é");

  private final Random random;

  RandomRequests(long seed) {
    this.random = new Random(seed);
  }

  /**
   * One request.
   *
   * @param template such as {@code POST /keys/NAME/VERSION/sign}
   * @param known names and versions that exist, with a slash between
   */
  HttpRequest next(String template, List<String> known, Supplier<String> body) {
    String[] parts = template.split(" ", 2);
    String key = chance(15) ? pick(known) : unknown() + "/" + unknown();
    int slash = key.indexOf('/');
    String path =
        parts[1]
            .replace("NAME", key.substring(0, slash))
            .replace("VERSION", key.substring(slash + 1));
    Map<String, String> query = new HashMap<>();
    query.put("api-version", pick(VERSIONS));
    if (chance(10)) {
      query.put("maxresults", chance(50) ? Integer.toString(random.nextInt(60) - 20) : text());
      query.put("$skiptoken", chance(50) ? Integer.toString(random.nextInt()) : text());
    }
    if (chance(3)) {
      path = noise(path);
    }
    String method = chance(3) ? pick(List.of("GET", "PUT", "TRACE", "x", "POST")) : parts[0];
    return new HttpRequest(method, "/" + path.substring(1), query, Map.of(), body.get());
  }

  private String unknown() {
    return chance(80) ? "k" + random.nextInt(30) : text();
  }

  /** A JSON text, changed somewhere; sometimes not at all. */
  String changed(ObjectNode body) {
    int kind = random.nextInt(100);
    if (kind < 10) {
      return body.toString();
    }
    if (kind < 75) {
      ObjectNode copy = body.deepCopy();
      for (int i = random.nextInt(3); i >= 0; i--) {
        mutate(copy);
      }
      return copy.toString();
    }
    if (kind < 95) {
      return noise(body.toString());
    }
    return switch (random.nextInt(5)) {
      case 0 -> "";
      case 1 -> "[".repeat(1 + random.nextInt(5000));
      case 2 -> "{\"a\":".repeat(1 + random.nextInt(5000));
      case 3 -> "{\"value\":\"" + "=".repeat(random.nextInt(5000)) + "x\"}";
      default -> text() + random.nextLong();
    };
  }

  /** Changes one member somewhere in the tree. */
  void mutate(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> members = new ArrayList<>();
      object.fieldNames().forEachRemaining(members::add);
      if (members.isEmpty() || chance(5)) {
        object.set(text(), value());
        return;
      }
      String member = pick(members);
      if (object.path(member).isContainerNode() && chance(70)) {
        mutate(object.path(member));
      } else if (chance(20)) {
        object.remove(member);
      } else if (object.path(member).isTextual() && chance(50)) {
        object.put(member, noise(object.path(member).textValue()));
      } else {
        object.set(member, value());
      }
    } else if (node instanceof ArrayNode array) {
      if (array.isEmpty() || chance(30)) {
        array.add(value());
      } else if (chance(50)) {
        mutate(array.path(random.nextInt(array.size())));
      } else {
        array.set(random.nextInt(array.size()), value());
      }
    }
  }

  private JsonNode value() {
    ArrayNode holder = Json.array();
    return switch (random.nextInt(10)) {
      case 0 -> holder.addNull().path(0);
      case 1 -> holder.add(random.nextBoolean()).path(0);
      case 2 -> holder.add(random.nextInt(5000) - 10).path(0);
      case 3 -> holder.add(random.nextLong()).path(0);
      case 4 -> holder.add(random.nextDouble() * 1e300).path(0);
      case 5 -> Json.object().set(text(), holder.add(text()).path(0));
      case 6 -> Json.array().add(text()).add(random.nextInt());
      default -> holder.add(text()).path(0);
    };
  }

  /** The text with some characters replaced, cut out or doubled. */
  String noise(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0 && !changed.isEmpty(); i--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(4)) {
        case 0 -> changed.setCharAt(at, (char) random.nextInt(0x250));
        case 1 -> changed.deleteCharAt(at);
        case 2 -> changed.setLength(at);
        default -> changed.insert(at, pick(TEXTS));
      }
    }
    return changed.isEmpty() ? "/" : changed.toString();
  }

  private String text() {
    return pick(TEXTS);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
