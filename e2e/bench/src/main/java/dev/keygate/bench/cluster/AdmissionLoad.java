package dev.keygate.bench.cluster;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.ApiServerTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Asks an API server to create pods at steady rates, without keeping them ({@code dryRun=All}),
 * each time first without and then with the label that brings them to the webhook. Runs in the
 * cluster's network.
 */
@Command(
    name = "admission-load",
    description = "Measures pod admission through an API server.",
    mixinStandardHelpOptions = true)
public final class AdmissionLoad implements Callable<Integer> {

  private static final int CREATED = 201;
  private static final Duration WITHIN = Duration.ofSeconds(10);

  @Option(names = "--server", required = true, description = "https://<address>:<port>")
  private URI server = URI.create("https://127.0.0.1");

  @Option(names = "--ca", required = true, description = "The API server's authority, PEM.")
  private Path authority = Path.of("");

  @Option(names = "--token-file", required = true, description = "Of one who may create pods.")
  private Path token = Path.of("");

  @Option(names = "--pod", required = true, description = "The pod, JSON; NUMBER in it is counted.")
  private Path pod = Path.of("");

  @Option(names = "--namespace", required = true, description = "The pod's namespace.")
  private String namespace = "";

  @Option(
      names = "--rates",
      split = ",",
      defaultValue = "25,50,100,200",
      description = "Pods a second, one rate after the other.")
  private List<Integer> rates = List.of();

  @Option(names = "--seconds", defaultValue = "10", description = "For how long, each time.")
  private int seconds;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Ends the process with the exit code: 0 if every pod was admitted. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AdmissionLoad()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    String asking = Files.readString(pod);
    String silent = asking.replace("\"keygate.dev/inject\":\"true\"", "\"plain\":\"true\"");
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(ApiServerTrust.of(authority))
            .connectTimeout(WITHIN)
            .build()) {
      String bearer = "Bearer " + Files.readString(token).strip();
      measure(client, bearer, silent, rates.getFirst());
      measure(client, bearer, asking, rates.getFirst());
      for (int rate : rates) {
        print(rate + "/s without injection", measure(client, bearer, silent, rate));
        print(rate + "/s with injection", measure(client, bearer, asking, rate));
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private Percentiles measure(HttpClient client, String bearer, String template, int rate)
      throws InterruptedException {
    URI pods = URI.create(server + "/api/v1/namespaces/" + namespace + "/pods?dryRun=All");
    return new SteadyLoad(new SystemTime(), rate)
        .run(rate * seconds, number -> create(client, bearer, pods, template, number));
  }

  private static void create(
      HttpClient client, String bearer, URI pods, String template, int number) {
    HttpRequest request =
        HttpRequest.newBuilder(pods)
            .timeout(WITHIN)
            .header("Authorization", bearer)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(template.replace("NUMBER", Integer.toString(number))))
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != CREATED) {
        throw new IllegalStateException(response.statusCode() + " " + response.body());
      }
    } catch (IOException e) {
      throw new IllegalStateException("the API server did not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void print(String what, Percentiles figures) {
    spec.commandLine().getOut().println(what + ": " + figures);
    spec.commandLine().getOut().flush();
  }
}
