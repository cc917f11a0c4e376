package dev.keygate.bench.sidecar;

import dev.keygate.bench.cluster.Percentiles;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The process that is shipped: how soon it serves its first key, how fast it serves a warm one, and
 * what it keeps in memory.
 *
 * @param key an RSA key of which the vault has one version
 */
record ShippedProcess(ShippedImage image, Site site, KeyIdentifier key, TimeSource time) {

  private static final String NAME = "orders";
  private static final int STARTS = 9;
  private static final int PER_SECOND = 2000;
  private static final int CONNECTIONS = 8;
  private static final Duration LOAD = Duration.ofSeconds(20);
  private static final double START_MILLIS = 600;
  private static final double MEBIBYTE = 1 << 20;
  private static final double KIBIBYTES_PER_MEBIBYTE = 1024;
  private static final double NANOS_PER_MILLI = 1e6;

  /** A rotation every quarter of an hour, and a look at the grant every two seconds. */
  private static final int ROTATIONS_A_DAY = 96;

  private static final int LOOKS_A_DAY = 43_200;

  /**
   * Where it runs.
   *
   * @param folder for pods and logs
   * @param report is told the figures
   */
  record Site(BenchLab lab, Path folder, Report report) {}

  /**
   * All of it.
   *
   * @param releaseBoundMillis what a cold release in a warm JVM may take
   */
  void run(double releaseBoundMillis)
      throws Surprise, IOException, EndpointFormatException, InterruptedException {
    starts(releaseBoundMillis);
    try (PodSidecar sidecar = start("load", "2s")) {
      sidecar.awaitVersion("");
      load(sidecar);
    }
    try (PodSidecar sidecar = start("day", "1ms")) {
      sidecar.awaitVersion("");
      day(sidecar);
    }
  }

  private void starts(double releaseBoundMillis)
      throws Surprise, IOException, InterruptedException {
    List<Double> took = new ArrayList<>();
    site.lab().spread();
    try {
      for (int number = 0; number < STARTS; number++) {
        long from = time.nanoTime();
        try (PodSidecar sidecar = start("start-" + number, "2s")) {
          sidecar.awaitVersion("");
          took.add((time.nanoTime() - from) / NANOS_PER_MILLI);
        }
      }
    } finally {
      site.lab().lab().clearFaults();
    }
    // The first start reads the image from the disk.
    double median = SidecarBenchmark.middle(took.subList(1, took.size()));
    site.report()
        .add(
            new Figure(
                "process start to first key, median of " + (STARTS - 1),
                median,
                releaseBoundMillis + START_MILLIS,
                "ms"));
  }

  private PodSidecar start(String name, String pollInterval) throws IOException {
    PodFolder pod = PodFolder.create(site.lab(), site.folder().resolve(name));
    pod.grant(NAME, key.base(), List.of(current(key.version().orElseThrow())));
    return new PodSidecar(
        image.start(
            name,
            pod.settings(Map.of(NAME, key.base()), pollInterval),
            pod.shared(),
            site.folder()),
        pod,
        NAME,
        time);
  }

  private void load(PodSidecar sidecar) throws Surprise, IOException, InterruptedException {
    FetchLoad fetches = new FetchLoad(time, PER_SECOND, CONNECTIONS);
    // Compiled code is what a pod has after its first minutes.
    fetches.run(sidecar, LOAD);
    Duration sidecarBefore = sidecar.processorTime();
    Duration clientsBefore = ownProcessorTime();
    Percentiles took = fetches.run(sidecar, LOAD);
    Report report = site.report();
    report.add(
        new Figure(
            "warm fetch at " + PER_SECOND + "/s, p99",
            took.at(0.99).toNanos() / NANOS_PER_MILLI,
            1,
            "ms"));
    report.say("    " + took);
    report.say(
        String.format(
            Locale.ROOT,
            "    of the machine's %d cores the sidecar had %.2f, its clients %.2f",
            Runtime.getRuntime().availableProcessors(),
            cores(sidecar.processorTime().minus(sidecarBefore)),
            cores(ownProcessorTime().minus(clientsBefore))));
    resident("resident after that load", sidecar, 96);
  }

  private static double cores(Duration processor) {
    return (double) processor.toMillis() / LOAD.toMillis();
  }

  private static Duration ownProcessorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What a day brings, one after the other: a clock that runs fast would only leave out waits. */
  private void day(PodSidecar sidecar)
      throws Surprise, IOException, EndpointFormatException, InterruptedException {
    long from = time.nanoTime();
    KeyVersion before = key.version().orElseThrow();
    for (int rotation = 0; rotation < ROTATIONS_A_DAY; rotation++) {
      String rotated = site.lab().lab().rotate(BenchLab.VAULT, key.name());
      KeyVersion next = KeyIdentifier.parse(rotated).version().orElseThrow();
      sidecar
          .pod()
          .grant(
              NAME,
              key.base(),
              List.of(current(next), new GrantedVersion(before, VersionState.Overlap)));
      sidecar.awaitVersion("\"" + next + "\"");
      before = next;
    }
    Duration left = Duration.ofMillis(LOOKS_A_DAY).minusNanos(time.nanoTime() - from);
    time.sleep(left.isNegative() ? Duration.ZERO : left);
    resident(
        "resident after a day's " + ROTATIONS_A_DAY + " rotations and " + LOOKS_A_DAY + " looks",
        sidecar,
        110);
  }

  private static GrantedVersion current(KeyVersion version) {
    return new GrantedVersion(version, VersionState.Current);
  }

  private void resident(String what, PodSidecar sidecar, double bound) throws IOException {
    double resident = sidecar.memory().currentBytes() / MEBIBYTE;
    site.report().add(new Figure(what, resident, bound, "MiB"));
    site.report()
        .say(
            String.format(
                Locale.ROOT,
                "    %.0f MiB of it are its own, the others pages of files, which pods of a node"
                    + " share",
                sidecar.anonymousKibibytes() / KIBIBYTES_PER_MEBIBYTE));
  }
}
