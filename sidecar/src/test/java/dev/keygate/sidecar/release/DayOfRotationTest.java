package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.delivery.EverySink;
import dev.keygate.sidecar.delivery.FileDelivery;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.sidecar.testing.TestGuest;
import dev.keygate.sidecar.testing.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day in which a key is rotated every hour: what it leaves in memory and files. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class DayOfRotationTest {

  private static final KeyPin PIN =
      new KeyPin("orders", KeyIdentifier.of(new VaultHost(TestVault.HOST), "orders"));
  private static final Duration FETCH_WITHIN = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private final TestGuest guest = new TestGuest();
  private final TestVault vault = new TestVault();
  private final MemoryLease lease = new MemoryLease();
  private final FakeTime time = new FakeTime();
  private Grant grant;

  @AfterEach
  void close() {
    lease.close();
  }

  @Test
  void holdsNoMoreAtTheEndThanAfterTheFirstHour() throws Exception {
    FileDelivery files = FileDelivery.open(folder, Readers.GROUP, Map.of("app", Set.of("orders")));
    EverySink sink = new EverySink(List.of(files, lease));
    ReleaseLoop loop = loop(sink);

    grant(version(0));
    minutes(loop, 1);
    long pages = secretKibibytes();
    assertThat(pages).isPositive();

    for (int hour = 1; hour <= 24; hour++) {
      grant(version(hour), version(hour - 1));
      minutes(loop, 30);
      assertThat(lease.present("orders")).hasSize(2);
      assertThat(secretKibibytes()).as("two versions in hour %d", hour).isGreaterThan(pages);
      grant(version(hour));
      minutes(loop, 30);
      assertThat(lease.present("orders")).containsExactly(new KeyVersion(version(hour)));
      assertThat(files.present("orders")).containsExactly(new KeyVersion(version(hour)));
      assertThat(secretKibibytes()).as("one version in hour %d", hour).isEqualTo(pages);
    }
    assertThat(vault.asked()).hasSize(25);
    assertThat(guest.closed()).isEqualTo(guest.attestations());
  }

  private ReleaseLoop loop(EverySink sink) {
    return new ReleaseLoop(
        ReleaseFlowTest.flow(guest, vault, sink, time),
        new ReleaseLoop.LoopEnds(
            new KeyPlans(Optional.of(_ -> grant), List.of()), sink, new OutcomeBoard()),
        new ReleaseLoop.LoopTiming(time, new Random(1), Duration.ofSeconds(2)));
  }

  private void minutes(ReleaseLoop loop, int minutes) throws InterruptedException {
    for (int minute = 0; minute < minutes; minute++) {
      loop.round(List.of(PIN));
      time.pass(Duration.ofMinutes(1));
    }
  }

  private void grant(String current, String... overlap) throws Exception {
    List<GrantedVersion> versions =
        overlap.length == 0
            ? List.of(new GrantedVersion(new KeyVersion(current), VersionState.Current))
            : List.of(
                new GrantedVersion(new KeyVersion(current), VersionState.Current),
                new GrantedVersion(new KeyVersion(overlap[0]), VersionState.Overlap));
    grant = new Grant(PIN.key(), versions, policy(), Duration.ofMinutes(1), FETCH_WITHIN);
  }

  private static ReleasePolicyDocument policy() throws Exception {
    return PolicyParser.parse(
        """
        {"anyOf":[{"authority":"https://sharedweu.weu.attest.azure.net",
          "allOf":[{"claim":"secureboot","equals":true}]}]}
        """);
  }

  private static String version(int number) {
    return "%032x".formatted(number);
  }

  /** What this process has mapped and kept out of dumps (proc(5), VmFlags dd): secrets alone. */
  private static long secretKibibytes() throws IOException {
    long kibibytes = 0;
    long size = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
      if (line.startsWith("Size:")) {
        size = Long.parseLong(line.replaceAll("[^0-9]", ""));
      } else if (line.startsWith("VmFlags:") && line.contains(" dd")) {
        kibibytes += size;
      }
    }
    return kibibytes;
  }
}
