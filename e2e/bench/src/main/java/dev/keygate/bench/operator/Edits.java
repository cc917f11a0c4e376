package dev.keygate.bench.operator;

import dev.keygate.api.v1alpha1.ExportableKey;
import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.FailureException;
import dev.keygate.time.TimeSource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How soon a spec's edit is in the vault, from the API server's being asked on. */
final class Edits {

  private static final int COUNT = 20;
  private static final double MOST_MILLIS = 200;

  /** The vault is asked this often, which is as much too late as an edit may be seen. */
  private static final Duration POLL = Duration.ofMillis(5);

  private static final Duration GIVE_UP = Duration.ofMinutes(1);

  private final OperatorSite site;
  private final BenchKeys keys;
  private final TimeSource time;

  Edits(OperatorSite site, BenchKeys keys) {
    this.site = site;
    this.keys = keys;
    this.time = site.plan().children().time();
  }

  /** One after the other, each of another key. The first warms the client up and does not count. */
  Bound measure() throws FailureException, InterruptedException {
    KeyManagementClient vaults = site.vaults();
    List<Long> millis = new ArrayList<>();
    for (int edit = 0; edit <= COUNT; edit++) {
      long took = took(vaults, edit);
      if (edit > 0) {
        millis.add(took);
      }
      time.sleep(Duration.ofMillis(500));
    }
    List<Long> sorted = millis.stream().sorted().toList();
    return new Bound(
        "an edit is in the vault, median " + sorted.get(COUNT / 2) + " ms; slowest of " + COUNT,
        sorted.getLast(),
        MOST_MILLIS,
        "ms");
  }

  private long took(KeyManagementClient vaults, int number)
      throws FailureException, InterruptedException {
    KeyIdentifier key =
        KeyIdentifier.of(new VaultHost(BenchVaults.hostOf(number)), keys.vaultName(number));
    vaults.get(key);
    long begun = time.nanoTime();
    tag(number);
    while (!vaults.get(key).properties().tags().containsKey("edited")) {
      if (time.nanoTime() - begun > GIVE_UP.toNanos()) {
        throw new IllegalStateException("an edit was not in the vault after " + GIVE_UP);
      }
      time.sleep(POLL);
    }
    return (time.nanoTime() - begun) / 1_000_000;
  }

  private void tag(int number) {
    keys.client()
        .resources(ExportableKey.class)
        .inNamespace(keys.namespace())
        .withName(BenchKeys.name(number))
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"tags\":{\"edited\":\"yes\"}}}");
  }
}
