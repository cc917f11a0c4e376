package dev.keygate.emulator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.keygate.emulator.oidc.TrustedHttp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;

/** A small client that goes through the lab's proxy with TLS and host checks on. */
public final class LabClient implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final HttpClient plain =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public LabClient(InetSocketAddress proxy, String rootsPem) {
    try {
      this.http = TrustedHttp.through(proxy, rootsPem);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An answer; {@code json} is a missing node where the body is no JSON. */
  public record Reply(int status, Map<String, String> headers, String text, JsonNode json) {

    public String code() {
      return json.path("error").path("code").asText();
    }

    public String innerCode() {
      return json.path("error").path("innererror").path("code").asText();
    }

    public String message() {
      return json.path("error").path("message").asText();
    }
  }

  public Reply get(String url, String... headers) {
    return send("GET", url, "", headers);
  }

  public Reply send(String method, String url, String body, String... headers) {
    return send(http, method, url, body, headers);
  }

  /** Without the proxy, for services on plain HTTP. */
  public Reply direct(String method, String url, String body, String... headers) {
    return send(plain, method, url, body, headers);
  }

  private static Reply send(
      HttpClient http, String method, String url, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.ofString(body, UTF_8));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> first.put(name, values.getFirst()));
      return new Reply(response.statusCode(), first, response.body(), parse(response.body()));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + url + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode node = JSON.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    plain.shutdownNow();
  }
}
