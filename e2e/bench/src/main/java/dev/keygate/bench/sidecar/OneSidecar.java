package dev.keygate.bench.sidecar;

import dev.keygate.azure.identity.ManagedIdentity;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.scenarios.story.Surprise;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.release.ReleaseOutcome;
import dev.keygate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Releases one after the other, each as by a process that has just started. */
record OneSidecar(BenchLab lab, TpmRelay relay, Spans spans, TimeSource time)
    implements AutoCloseable {

  static OneSidecar open(BenchLab lab, Path socket, TimeSource time) throws IOException {
    Spans spans = new Spans(time);
    return new OneSidecar(
        lab, TpmRelay.open(socket, lab.machine().tpmSocket(), spans), spans, time);
  }

  /** One release of all keys, over connections that are made for it. */
  Waterfall release(List<KeyIdentifier> keys)
      throws FailureException,
          GeneralSecurityException,
          IOException,
          InterruptedException,
          Surprise {
    try (MemoryLease lease = new MemoryLease();
        Rig rig =
            Rig.of(
                new Rig.Site(
                    lab,
                    relay.path(),
                    spans,
                    imds -> ManagedIdentity.withClientId(imds, lab.clientId(), time),
                    lease),
                time)) {
      spans.clear();
      long from = time.nanoTime();
      List<ReleaseOutcome> outcomes = rig.release(keys);
      long to = time.nanoTime();
      for (ReleaseOutcome outcome : outcomes) {
        if (!(outcome instanceof ReleaseOutcome.Released)) {
          throw new Surprise("a release did not succeed: " + outcome);
        }
      }
      return new Waterfall(spans.all(), from, to);
    }
  }

  @Override
  public void close() throws IOException {
    relay.close();
  }
}
