package dev.keygate.bench.sidecar;

import dev.keygate.azure.keyvault.KeyShape;
import dev.keygate.azure.time.SystemTime;
import dev.keygate.bench.BenchFolder;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.shipped.Artefacts;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code ./keygate bench sidecar}. */
public final class SidecarBenchmark {

  private static final int WARM_UP = 40;
  private static final int ROUNDS = 15;
  private static final int KEYS = 10;
  private static final double FACTOR = 1.15;
  private static final double MANY_KEYS_FACTOR = 1.3;
  private static final int RSA_BITS = 2048;

  private final BenchLab lab;
  private final Path folder;
  private final Report report;

  /** What is measured beside releases one at a time. */
  public enum Part {
    /** The shipped process: start, fetches, memory. */
    PROCESS,
    /** Thirty on one node. */
    NODE,
    /** A thousand on one vault. */
    VAULT
  }

  private SidecarBenchmark(BenchLab lab, Path folder, Report report) {
    this.lab = lab;
    this.folder = folder;
    this.report = report;
  }

  /** Runs it and returns the exit code: 0 if everything could be measured. */
  public static int run(Set<Part> parts, PrintWriter out) throws InterruptedException {
    Report report = new Report(out);
    try {
      Path folder = BenchFolder.create();
      report.say("Files and logs: " + folder);
      try (BenchLab lab = BenchLab.start(folder.resolve("lab"))) {
        new SidecarBenchmark(lab, folder, report).run(parts);
      }
      report.conclude();
      return 0;
    } catch (Surprise
        | IOException
        | FailureException
        | GeneralSecurityException
        | EndpointFormatException e) {
      report.say("Not measured: " + e.getMessage());
      return 1;
    }
  }

  private void run(Set<Part> parts)
      throws IOException,
          FailureException,
          GeneralSecurityException,
          EndpointFormatException,
          InterruptedException,
          Surprise {
    List<KeyIdentifier> keys = new ArrayList<>();
    for (int number = 0; number < KEYS; number++) {
      keys.add(lab.create(BenchLab.VAULT, "key-" + number).base());
    }
    double bound = coldConnections(keys);
    if (parts.contains(Part.PROCESS)) {
      process(FACTOR * bound);
    }
    if (parts.contains(Part.NODE)) {
      new Neighbours(lab, folder, report).run(keys.getFirst(), bound);
    }
    if (parts.contains(Part.VAULT)) {
      new ThrottledFleet(lab, report).run();
    }
  }

  private void process(double releaseBoundMillis)
      throws IOException,
          FailureException,
          EndpointFormatException,
          InterruptedException,
          Surprise {
    KeyIdentifier key = lab.create(BenchLab.VAULT, "orders", new KeyShape.Rsa("RSA-HSM", RSA_BITS));
    try (ChildProcesses children = ChildProcesses.open(new SystemTime())) {
      ShippedImage image =
          ShippedImage.layOut(
              Artefacts.find().root(), folder.resolve("root"), children, report::say);
      ShippedProcess.Site site = new ShippedProcess.Site(lab, folder, report);
      new ShippedProcess(image, site, key, new SystemTime()).run(releaseBoundMillis);
    }
  }

  /**
   * Warm code, cold connections: a rig for each release.
   *
   * @return the longest chain of calls of the median release, in milliseconds
   */
  private double coldConnections(List<KeyIdentifier> keys)
      throws IOException,
          FailureException,
          GeneralSecurityException,
          InterruptedException,
          Surprise {
    try (OneSidecar one = OneSidecar.open(lab, folder.resolve("t"), new SystemTime())) {
      for (int round = 0; round < WARM_UP; round++) {
        one.release(keys.subList(0, 1));
      }
      lab.spread();
      List<Waterfall> single = rounds(one, keys.subList(0, 1));
      List<Waterfall> ten = rounds(one, keys);
      Waterfall median = median(single);
      report.say("One release, warm code, cold connections; from and for how many ms:");
      median.print(report.out());
      double bound = middle(single.stream().map(Waterfall::boundMillis).toList());
      report.add(
          new Figure("one key, median of " + ROUNDS, median.wallMillis(), FACTOR * bound, "ms"));
      report.say(
          String.format(
              Locale.ROOT,
              "    its longest chain of calls, handshakes and TPM included, is %.1f ms; that is"
                  + " %.2f times as long",
              bound,
              median.wallMillis() / bound));
      report.add(
          new Figure(
              "ten keys, median of " + ROUNDS,
              median(ten).wallMillis(),
              MANY_KEYS_FACTOR * median.wallMillis(),
              "ms"));
      return bound;
    } finally {
      lab.lab().clearFaults();
    }
  }

  private static List<Waterfall> rounds(OneSidecar one, List<KeyIdentifier> keys)
      throws FailureException,
          GeneralSecurityException,
          IOException,
          InterruptedException,
          Surprise {
    List<Waterfall> rounds = new ArrayList<>();
    one.release(keys);
    for (int round = 0; round < ROUNDS; round++) {
      rounds.add(one.release(keys));
    }
    return rounds;
  }

  private static Waterfall median(List<Waterfall> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(Waterfall::wallMillis))
        .toList()
        .get(rounds.size() / 2);
  }

  static double middle(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
