package dev.keygate.bench.cluster;

import dev.keygate.scenarios.pods.ChartInstallation;
import dev.keygate.scenarios.pods.ContainerMemory;
import dev.keygate.scenarios.pods.ContainerProcess;
import dev.keygate.scenarios.pods.PodManifest;
import dev.keygate.scenarios.pods.PodStage;
import dev.keygate.scenarios.pods.Shop;
import dev.keygate.scenarios.pods.Steps;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Pods that come and go: whether sidecars and operator stay within their memory limits. */
final class PodChurn {

  private static final int AT_ONCE = 4;

  private final PodStage stage;
  private final ChartInstallation chart;
  private final Shop shop;
  private final PrintWriter out;
  private final TimeSource time;

  private int made;
  private int restarted;
  private long peakOfAll;
  private long anonymousOfAll;

  PodChurn(PodStage stage, ChartInstallation chart, Shop shop, PrintWriter out) {
    this.stage = stage;
    this.chart = chart;
    this.shop = shop;
    this.out = out;
    this.time = stage.children().time();
  }

  void run(Duration length) throws Surprise, InterruptedException {
    if (length.isZero()) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "Pod churn for %d min, %d at a time (limits: sidecar 128 MiB, operator 320 MiB)%n",
        length.toMinutes(),
        AT_ONCE);
    out.flush();
    long end = time.nanoTime() + length.toNanos();
    Deque<PodManifest> living = new ArrayDeque<>();
    while (time.nanoTime() < end) {
      living.add(create());
      if (living.size() == AT_ONCE) {
        remove(living.remove());
      }
    }
    while (!living.isEmpty()) {
      remove(living.remove());
    }
    ContainerMemory operator = chart.operatorProcess().memory();
    out.printf(
        Locale.ROOT,
        "  %d pods; sidecars restarted: %d; most of any sidecar: %d MiB with page cache, %d MiB"
            + " anonymous%n  operator restarted: %s; %d MiB with page cache at most, %d MiB"
            + " anonymous now%n",
        made,
        restarted,
        peakOfAll >> 20,
        anonymousOfAll >> 20,
        chart.operatorRestarts(),
        operator.peakBytes() >> 20,
        operator.anonymousBytes() >> 20);
    out.flush();
  }

  private PodManifest create() throws Surprise, InterruptedException {
    PodManifest pod =
        PodManifest.named("churn-" + made++)
            .withOrders()
            .running("app", 2000, "loop", "200ms", Steps.fetch(Shop.KEY));
    shop.start(pod);
    shop.await("pod/" + pod.name(), "condition=Ready");
    return pod;
  }

  private void remove(PodManifest pod) throws Surprise, InterruptedException {
    String sidecar = "{.status.initContainerStatuses[0].restartCount}";
    if (!shop.get("pod/" + pod.name(), sidecar).equals("0")) {
      restarted++;
    }
    ContainerMemory memory =
        ContainerProcess.of(stage, Shop.NAMESPACE, pod.name(), "initContainerStatuses[0]").memory();
    peakOfAll = Math.max(peakOfAll, memory.peakBytes());
    anonymousOfAll = Math.max(anonymousOfAll, memory.anonymousBytes());
    shop.remove(pod);
  }
}
