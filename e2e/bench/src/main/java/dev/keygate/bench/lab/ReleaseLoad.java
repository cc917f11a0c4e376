package dev.keygate.bench.lab;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.emulator.oidc.TrustedHttp;
import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One key released again and again, over connections that stay open. */
final class ReleaseLoad implements AutoCloseable {

  static final String MACHINE = "cvm-1";

  private static final String VERSION = "?api-version=7.4";
  private static final String CREATOR = "operator";

  private final HttpClient http;
  private final HttpRequest release;
  private final ProcessHandle lab;
  private final TimeSource time = new SystemTime();

  private ReleaseLoad(HttpClient http, HttpRequest release, ProcessHandle lab) {
    this.http = http;
    this.release = release;
    this.lab = lab;
  }

  /** Makes an RSA-2048 key, has a machine attested, and puts together a request for release. */
  static ReleaseLoad prepare(StartedLab lab)
      throws Surprise,
          IOException,
          FailureException,
          GeneralSecurityException,
          InterruptedException {
    HttpClient http =
        TrustedHttp.through(lab.proxy(), Files.readString(lab.trustRoot("tls-root.pem")));
    String key = lab.vault() + "/keys/bench";
    String creator = token(lab, CREATOR);
    require(http, post(key + "/create" + VERSION, creator, creation(lab.authority())));
    String body =
        new ObjectMapper()
            .createObjectNode()
            .put("target", Attestation.token(lab))
            .put("enc", "RSA_AES_KEY_WRAP_256")
            .toString();
    HttpRequest release = post(key + "/release" + VERSION, token(lab, MACHINE), body);
    return new ReleaseLoad(http, release, lab.handle());
  }

  private static String creation(String authority) {
    String policy =
        "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\""
            + authority
            + "\",\"allOf\":[{\"claim\":\"x-ms-isolation-tee.x-ms-compliance-status\","
            + "\"equals\":\"azure-compliant-cvm\"}]}]}";
    ObjectNode body =
        new ObjectMapper().createObjectNode().put("kty", "RSA-HSM").put("key_size", 2048);
    body.putObject("attributes").put("exportable", true);
    body.putObject("release_policy")
        .put(
            "data",
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(policy.getBytes(StandardCharsets.UTF_8)));
    return body.toString();
  }

  private static String token(StartedLab lab, String principal)
      throws Surprise, IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(lab.admin() + "/tokens/" + principal))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient plain = HttpClient.newBuilder().build()) {
      return require(plain, request);
    }
  }

  private static HttpRequest post(String url, String token, String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static String require(HttpClient http, HttpRequest request)
      throws Surprise, IOException, InterruptedException {
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new Surprise(request.uri() + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  /**
   * How many releases are answered, in how much time of the lab's.
   *
   * @param clients how many ask at once
   */
  Rate rate(int clients, Duration during) throws Surprise, InterruptedException {
    Duration cpuBefore = ProcessorTime.of(lab);
    long begun = time.nanoTime();
    long until = begun + during.toNanos();
    long sum = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        counts.add(threads.submit(() -> countUntil(until)));
      }
      for (Future<Long> count : counts) {
        sum += count.get();
      }
    } catch (ExecutionException e) {
      throw new Surprise("a release failed", e);
    }
    Duration wall = Duration.ofNanos(time.nanoTime() - begun);
    return new Rate(sum, wall, ProcessorTime.of(lab).minus(cpuBefore));
  }

  private long countUntil(long until) throws Surprise, IOException, InterruptedException {
    long count = 0;
    while (time.nanoTime() - until < 0) {
      int status = http.send(release, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new Surprise("a release was answered " + status);
      }
      count++;
    }
    return count;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
