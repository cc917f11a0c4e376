package dev.keygate.bench.lab;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.bench.BenchFolder;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code ./keygate bench lab}. */
public final class LabBenchmark {

  private static final int STARTS = 3;
  private static final int ROUNDS = 5;
  private static final int CLIENTS = 8;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration ROUND = Duration.ofSeconds(5);

  private final Artefacts artefacts;
  private final Path folder;
  private final ChildProcesses children;
  private final PrintWriter out;

  private LabBenchmark(Artefacts artefacts, Path folder, ChildProcesses children, PrintWriter out) {
    this.artefacts = artefacts;
    this.folder = folder;
    this.children = children;
    this.out = out;
  }

  /** Runs all of it and returns the exit code: 0 if everything could be measured. */
  public static int run(PrintWriter out) throws InterruptedException {
    try {
      Artefacts artefacts = Artefacts.find();
      Path folder = BenchFolder.create();
      out.println("Files and logs: " + folder);
      out.flush();
      try (ChildProcesses children = ChildProcesses.open(new SystemTime())) {
        new LabBenchmark(artefacts, folder, children, out).run();
      }
      return 0;
    } catch (Surprise | IOException | FailureException | GeneralSecurityException e) {
      out.println("Not measured: " + e.getMessage());
      out.flush();
      return 1;
    }
  }

  private void run()
      throws Surprise,
          IOException,
          FailureException,
          GeneralSecurityException,
          InterruptedException {
    try (StartedLab first = start()) {
      say("first start, which makes all keys", millis(first.startedWithin()));
    }
    List<Double> starts = new ArrayList<>();
    for (int number = 0; number < STARTS; number++) {
      try (StartedLab next = start()) {
        starts.add((double) next.startedWithin().toMillis());
      }
    }
    say("start once its keys exist (bound 2000 ms)", rounded(median(starts)) + " ms");
    try (StartedLab lab = start()) {
      say("memory when it is ready", mebibytes(lab.residentBytes()));
      releases(lab);
      say("memory at most (bound 256 MiB)", mebibytes(lab.mostResidentBytes()));
    }
  }

  private void releases(StartedLab lab)
      throws Surprise,
          IOException,
          FailureException,
          GeneralSecurityException,
          InterruptedException {
    Cores cores = Cores.split();
    say("cores of the lab and of its clients", cores.toString());
    cores.give(lab.pid(), cores.measured(), children);
    cores.give(ProcessHandle.current().pid(), cores.clients(), children);
    BareCryptoProcess bare = new BareCryptoProcess(artefacts, folder, cores, children);
    try (ReleaseLoad load = ReleaseLoad.prepare(lab);
        ChildProcess _ = bare.neighbour()) {
      load.rate(CLIENTS, WARM_UP);
      List<Rate> bounds = new ArrayList<>();
      List<Rate> releases = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        bounds.add(bare.rate(ROUND));
        releases.add(load.rate(CLIENTS, ROUND));
      }
      say("bare cryptography", figures(bounds));
      say("the lab", figures(releases));
      say("its share of it (bound 0.80)", shares(releases, bounds));
    }
  }

  private static String figures(List<Rate> rates) {
    return rounded(median(rates.stream().map(Rate::perSecond).toList()))
        + " releases/s, "
        + rounded(median(rates.stream().map(Rate::perCpuSecond).toList()))
        + " in a second of processor";
  }

  private static String shares(List<Rate> releases, List<Rate> bounds) {
    List<Double> byWall = new ArrayList<>();
    List<Double> byProcessor = new ArrayList<>();
    for (int round = 0; round < bounds.size(); round++) {
      byWall.add(releases.get(round).perSecond() / bounds.get(round).perSecond());
      byProcessor.add(releases.get(round).perCpuSecond() / bounds.get(round).perCpuSecond());
    }
    return String.format(
        Locale.ROOT, "%.2f, by processor %.2f", median(byWall), median(byProcessor));
  }

  private StartedLab start() throws IOException, InterruptedException {
    return StartedLab.start(artefacts.root().resolve("keygate"), folder, children);
  }

  private void say(String what, String figure) {
    out.println(String.format(Locale.ROOT, "  %-52s %s", what, figure));
    out.flush();
  }

  static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted(Comparator.naturalOrder()).toList();
    return sorted.get(sorted.size() / 2);
  }

  private static String rounded(double figure) {
    return String.format(Locale.ROOT, "%.0f", figure);
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
