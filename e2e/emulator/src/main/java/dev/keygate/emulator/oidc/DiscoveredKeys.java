package dev.keygate.emulator.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Discovers keys at {@code <issuer>/.well-known/openid-configuration}. */
public final class DiscoveredKeys implements IssuerKeys, AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private final HttpClient http;
  private final TimeSource time;
  private final Map<String, Cached> cache = new ConcurrentHashMap<>();

  private record Cached(KeySet keys, Instant until) {}

  /**
   * @param http a client whose trust decides which issuers can be reached
   */
  public DiscoveredKeys(HttpClient http, TimeSource time) {
    this.http = http;
    this.time = time;
  }

  @Override
  public KeySet keys(String issuer) throws DiscoveryException {
    Cached cached = cache.get(issuer);
    return cached != null && time.now().isBefore(cached.until())
        ? cached.keys()
        : refreshedKeys(issuer);
  }

  @Override
  public KeySet refreshedKeys(String issuer) throws DiscoveryException {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    try {
      ObjectNode metadata = Json.parseObject(get(base + "/.well-known/openid-configuration"));
      if (!Json.text(metadata, "issuer").orElse("").equals(issuer)) {
        throw new DiscoveryException("the metadata of " + issuer + " names another issuer");
      }
      KeySet keys = KeySet.parse(get(Json.text(metadata, "jwks_uri").orElse("")));
      cache.put(issuer, new Cached(keys, time.now().plus(FRESH)));
      return keys;
    } catch (MalformedTextException e) {
      throw new DiscoveryException("the metadata of " + issuer + " is malformed", e);
    }
  }

  private String get(String address) throws DiscoveryException {
    try {
      URI uri = URI.create(address);
      if (!"https".equals(uri.getScheme())) {
        throw new DiscoveryException("no https address: " + address);
      }
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).GET().build();
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(MAX_BODY_BYTES + 1);
        if (response.statusCode() != 200 || bytes.length > MAX_BODY_BYTES) {
          throw new DiscoveryException(address + " answered " + response.statusCode());
        }
        return new String(bytes, UTF_8);
      }
    } catch (IllegalArgumentException e) {
      throw new DiscoveryException("no address: " + address, e);
    } catch (IOException e) {
      throw new DiscoveryException(address + " cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DiscoveryException("interrupted while asking " + address, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
