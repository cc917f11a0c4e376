package dev.keygate.bench.cluster;

import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.pods.ChartInstallation;
import dev.keygate.scenarios.pods.PodManifest;
import dev.keygate.scenarios.pods.PodStage;
import dev.keygate.scenarios.pods.PodTimeline;
import dev.keygate.scenarios.pods.Shop;
import dev.keygate.scenarios.pods.Steps;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The measurements that need real pods. */
final class PodBenchmark {

  private static final int STARTS = 6;
  private static final Duration LOAD_WITHIN = Duration.ofMinutes(3);

  private final PodStage stage;
  private final ChartInstallation chart;
  private final PrintWriter out;
  private final TimeSource time;

  PodBenchmark(PodStage stage, PrintWriter out) {
    this.stage = stage;
    this.chart = new ChartInstallation(stage);
    this.out = out;
    this.time = stage.children().time();
  }

  void run(Duration churn) throws Surprise, InterruptedException {
    chart.install();
    Shop shop = Shop.open(stage);
    starts(shop);
    admission(shop);
    new PodChurn(stage, chart, shop, out).run(churn);
  }

  /** The first one also warms the node's page cache; it is printed and not counted. */
  private void starts(Shop shop) throws Surprise, InterruptedException {
    line("Pod asked for -> its app's first line with its key (bound 6000 ms)");
    long worst = 0;
    for (int i = 0; i < STARTS; i++) {
      PodManifest pod =
          PodManifest.named("start-" + i)
              .withOrders()
              .running("app", 2000, "do", Steps.fetch(Shop.KEY), Steps.STAY);
      PodTimeline took = PodTimeline.measure(shop, pod, time);
      line(
          "  %d: %5d ms = %d schedule, volumes, sandbox, JVM + %d attest, release + %d probe, app",
          i,
          took.total().toMillis(),
          took.toSidecar().toMillis(),
          took.toKey().toMillis(),
          took.toApp().toMillis());
      worst = i == 0 ? 0 : Math.max(worst, took.total().toMillis());
      shop.require("delete", "pod", pod.name(), "--wait=true");
    }
    line("  slowest after the first: %d ms", worst);
  }

  private void admission(Shop shop) throws Surprise, InterruptedException {
    line("Admission through the API server (bound: p99 15 ms at a rate that it bears)");
    try {
      Path pod = Files.writeString(stage.folder().resolve("pod.json"), podJson());
      shop.require("create", "serviceaccount", "load");
      shop.require("create", "role", "load", "--verb=create", "--resource=pods");
      shop.require("create", "rolebinding", "load", "--role=load", "--serviceaccount=shop:load");
      Path token =
          Files.writeString(
              stage.folder().resolve("load-token"),
              stage
                  .cluster()
                  .controlPlane()
                  .requestToken(
                      Shop.NAMESPACE,
                      "load",
                      stage.cluster().controlPlane().issuer(),
                      Duration.ofMinutes(30))
                  .compact());
      load(pod, token).lines().forEach(each -> line("  %s", each));
    } catch (IOException e) {
      throw new Surprise("the load cannot be prepared", e);
    }
    line("  by the API server's own clock: %s", webhookSeconds());
  }

  private String load(Path pod, Path token) throws Surprise, InterruptedException {
    JavaProcess load =
        JavaProcess.of("admission-load", stage.artefacts().bench(), "128m")
            .withArguments(
                List.of(
                    "--server", stage.cluster().controlPlane().issuer(),
                    "--ca", stage.cluster().controlPlane().caCertificate().toString(),
                    "--token-file", token.toString(),
                    "--namespace", Shop.NAMESPACE,
                    "--pod", pod.toString()))
            .startingAt(AdmissionLoad.class);
    try {
      CommandResult result =
          stage
              .children()
              .run(stage.cluster().network().before(load.command()), Map.of(), "", LOAD_WITHIN);
      if (!result.isSuccess()) {
        throw new Surprise("the load: " + result.firstLine());
      }
      return result.stdout();
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  /** Mean and distribution of what the webhook took, as the API server counts it. */
  private String webhookSeconds() throws Surprise, InterruptedException {
    String metrics;
    try {
      metrics = stage.kubectl().require("get", "--raw=/metrics");
    } catch (IOException e) {
      throw new Surprise(e);
    }
    StringBuilder text = new StringBuilder();
    metrics
        .lines()
        .filter(l -> l.startsWith("apiserver_admission_webhook_admission_duration_seconds"))
        .filter(l -> l.contains("keygate"))
        .filter(
            l -> l.contains("_sum") || l.contains("_count") || l.matches(".*le=\"0\\.0[0-9]+\".*"))
        .forEach(l -> text.append("\n    ").append(l));
    return text.toString();
  }

  private static String podJson() {
    return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"load-NUMBER\","
        + "\"labels\":{\"keygate.dev/inject\":\"true\"},\"annotations\":{\"keygate.dev/keys\":"
        + "\"orders\"}},\"spec\":{\"serviceAccountName\":\"orders-api\",\"containers\":[{\"name\":"
        + "\"app\",\"image\":\""
        + PodManifest.PROBE_IMAGE
        + "\",\"securityContext\":{\"runAsNonRoot\":true,\"runAsUser\":2000,"
        + "\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]},"
        + "\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}}]}}";
  }

  private void line(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
    out.flush();
  }
}
