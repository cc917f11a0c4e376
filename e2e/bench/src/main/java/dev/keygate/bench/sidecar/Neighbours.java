package dev.keygate.bench.sidecar;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.release.KeyPin;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Thirty sidecars that start together on a node that has just started itself. */
record Neighbours(BenchLab lab, Path folder, Report report) {

  private static final int SIDECARS = 30;
  private static final double FACTOR = 1.2;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /**
   * @param key what all of them want
   * @param aloneMillis the longest chain of calls of one that is alone
   */
  void run(KeyIdentifier key, double aloneMillis)
      throws IOException, FailureException, GeneralSecurityException, InterruptedException {
    lab.lab().machineControl().reboot(BenchLab.MACHINE);
    lab.lab()
        .machineControl()
        .limitMetadata(BenchLab.MACHINE, OptionalInt.of(NodeBound.IMDS_PER_SECOND));
    lab.spread();
    TimeSource time = new SystemTime();
    Spans spans = new Spans(time);
    List<Rig> rigs = new ArrayList<>();
    try (TpmRelay relay = TpmRelay.open(folder.resolve("n"), lab.machine().tpmSocket(), spans)) {
      Arrivals arrivals = new Arrivals(time);
      long from = time.nanoTime();
      List<Thread> pods = new ArrayList<>();
      for (int number = 0; number < SIDECARS; number++) {
        Arrivals.Sink sink = arrivals.sink();
        Rig rig = Rig.of(new Rig.Site(lab, relay.path(), spans, _ -> lab::vaultToken, sink), time);
        rigs.add(rig);
        pods.add(
            Thread.ofVirtual()
                .start(
                    () -> Rig.loop(rig.flow(), sink, time).run(List.of(new KeyPin("node", key)))));
      }
      arrivals.await(SIDECARS, LONGEST);
      pods.forEach(Thread::interrupt);
      report(arrivals, from, new NodeBound(spans.all(), SIDECARS, aloneMillis));
      for (Thread pod : pods) {
        pod.join();
      }
    } finally {
      rigs.forEach(Rig::close);
      lab.lab().clearFaults();
      lab.lab().machineControl().limitMetadata(BenchLab.MACHINE, OptionalInt.empty());
    }
  }

  private void report(Arrivals arrivals, long from, NodeBound bound) {
    report.add(
        new Figure(
            arrivals.count() + " of " + SIDECARS + " sidecars after a reboot of their node",
            (arrivals.lastNanos() - from) / NANOS_PER_MILLI,
            FACTOR * bound.millis(),
            "ms"));
    report.say(
        String.format(
            Locale.ROOT,
            "    the TPM is busy for %.0f ms, one path is %.0f ms; IMDS (%d requests were sent) would"
                + " answer all in %.0f ms, whom it sends away the regional cache serves",
            bound.tpmMillis(),
            bound.aloneMillis(),
            bound.imdsRequests(),
            bound.imdsMillis()));
  }
}
