package dev.keygate.emulator.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.net.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Requests at one route, from noise to what is nearly right. The same seed gives the same requests.
 */
public final class RandomRequests {

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "get", "\u0000", "");
  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e999",
          "18446744073709551616",
          "\"\"",
          "\"e30\"",
          "\"W10\"",
          "\"%%%\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "[]",
          "{}",
          "[[[[[[[[[[]]]]]]]]]]",
          "{\"a\":{\"a\":{\"a\":{}}}}");

  private final Random random;
  private final Vocabulary words;

  /**
   * What a route knows.
   *
   * @param path the route
   * @param parameters names of query parameters, with a value that is right
   * @param headers names of headers, with a value that is right
   * @param members names of members of its body, or of its form
   * @param body a body that is right, or nearly so
   */
  public record Vocabulary(
      String path,
      Map<String, String> parameters,
      Map<String, String> headers,
      List<String> members,
      String body) {

    public Vocabulary {
      parameters = Map.copyOf(parameters);
      headers = Map.copyOf(headers);
      members = List.copyOf(members);
    }
  }

  public RandomRequests(long seed, Vocabulary words) {
    this.random = new Random(seed);
    this.words = words;
  }

  /** Another request. */
  public HttpRequest next() {
    String method = chance(5) ? METHODS.get(random.nextInt(METHODS.size())) : usualMethod();
    return new HttpRequest(
        method, path(), fields(words.parameters()), fields(words.headers()), body());
  }

  private String usualMethod() {
    return words.members().isEmpty() ? "GET" : "POST";
  }

  private String path() {
    return switch (random.nextInt(12)) {
      case 0 -> words.path().replace("/", "//");
      case 1 -> words.path() + "/";
      case 2 -> words.path() + "/" + noise(20);
      case 3 -> words.path().toUpperCase(Locale.ROOT);
      case 4 -> "/" + noise(60);
      case 5 -> words.path().substring(0, 1 + random.nextInt(words.path().length()));
      default -> words.path();
    };
  }

  private Map<String, String> fields(Map<String, String> right) {
    Map<String, String> fields = new LinkedHashMap<>();
    right.forEach(
        (name, value) -> {
          if (!chance(8)) {
            fields.put(name, chance(8) ? noise(40) : value);
          }
        });
    if (chance(8)) {
      fields.put(noise(10), noise(100));
    }
    return fields;
  }

  private String body() {
    return switch (random.nextInt(8)) {
      case 0 -> noise(400);
      case 1 -> "";
      case 2, 3 -> object();
      case 4 -> form();
      case 5 -> "[".repeat(1 + random.nextInt(2000));
      default -> mutated(words.body());
    };
  }

  private String object() {
    StringBuilder json = new StringBuilder("{");
    for (String member : words.members()) {
      if (chance(2)) {
        json.append(json.length() > 1 ? "," : "").append('"').append(member).append("\":");
        json.append(value());
      }
    }
    return json.append('}').toString();
  }

  private String value() {
    return switch (random.nextInt(4)) {
      case 0 -> SCALARS.get(random.nextInt(SCALARS.size()));
      case 1 -> "\"" + Base64Text.url(octets(random.nextInt(200))) + "\"";
      case 2 -> "\"" + Base64Text.standard(object(2).getBytes(UTF_8)) + "\"";
      default -> object(2);
    };
  }

  private String object(int depth) {
    if (depth == 0 || words.members().isEmpty()) {
      return SCALARS.get(random.nextInt(SCALARS.size()));
    }
    String member = words.members().get(random.nextInt(words.members().size()));
    return "{\"" + member + "\":" + object(depth - 1) + "}";
  }

  private String form() {
    StringBuilder form = new StringBuilder();
    for (String member : words.members()) {
      form.append(member).append('=').append(chance(2) ? noise(30) : "%zz").append('&');
    }
    return form.toString();
  }

  private String mutated(String text) {
    if (text.isEmpty()) {
      return noise(10);
    }
    StringBuilder changed = new StringBuilder(text);
    int at = random.nextInt(text.length());
    switch (random.nextInt(4)) {
      case 0 -> changed.setLength(at);
      case 1 -> changed.setCharAt(at, (char) random.nextInt(0x100));
      case 2 -> changed.deleteCharAt(at);
      default -> changed.insert(at, noise(8));
    }
    return changed.toString();
  }

  private String noise(int atMost) {
    return new String(octets(random.nextInt(atMost + 1)), ISO_8859_1);
  }

  private byte[] octets(int size) {
    byte[] octets = new byte[size];
    random.nextBytes(octets);
    return octets;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
