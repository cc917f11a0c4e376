package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantConfigMap;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.policy.PolicyParser;
import dev.keygate.sidecar.delivery.EverySink;
import dev.keygate.sidecar.delivery.FileDelivery;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.testing.TestGuest;
import dev.keygate.sidecar.testing.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants as the kubelet mounts and swaps them, keys in memory and in files. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class RotationTest {

  private static final KeyPin PIN =
      new KeyPin("orders", KeyIdentifier.of(new VaultHost(TestVault.HOST), "orders"));
  private static final Duration WITHIN = Duration.ofHours(6);

  @TempDir private Path folder;
  private final TestGuest guest = new TestGuest();
  private final TestVault vault = new TestVault();
  private final MemoryLease lease = new MemoryLease();
  private final OutcomeBoard board = new OutcomeBoard();
  private final FakeTime time = new FakeTime();
  private int swaps;
  private ReleaseLoop loop;

  @BeforeEach
  void start() throws Exception {
    FileDelivery files =
        FileDelivery.open(
            folder.resolve("containers"), Readers.GROUP, Map.of("app", Set.of("orders")));
    EverySink sink = new EverySink(List.of(files, lease));
    loop =
        new ReleaseLoop(
            ReleaseFlowTest.flow(guest, vault, sink, time),
            new ReleaseLoop.LoopEnds(
                new KeyPlans(Optional.of(new GrantFolder(folder.resolve("grants"))), List.of()),
                sink,
                board),
            new ReleaseLoop.LoopTiming(time, new Random(1), Duration.ofSeconds(2)));
  }

  @AfterEach
  void close() {
    lease.close();
  }

  @Test
  void noticesTheSwapOfTheKubelet() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    grant("true", Duration.ZERO, ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    assertThat(current()).isEqualTo(ReleasedKeys.SECOND);
  }

  @Test
  void fetchesTheFirstVersionAtOnce() throws Exception {
    grant("true", WITHIN, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
  }

  @Test
  void fetchesANewVersionLaterButWithinTheTimeThatTheGrantGives() throws Exception {
    grant("true", WITHIN, ReleasedKeys.FIRST);
    round();
    grant("true", WITHIN, ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
    assertThat(guest.attestations()).isEqualTo(1);
    time.pass(WITHIN);
    round();
    assertHeld(ReleasedKeys.SECOND, ReleasedKeys.FIRST);
  }

  @Test
  void wipesAWithdrawnVersionFromMemoryAndFiles() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    round();
    grant("true", WITHIN, ReleasedKeys.SECOND);
    round();
    assertHeld(ReleasedKeys.SECOND);
    assertThat(guest.attestations()).isEqualTo(1);
  }

  @Test
  void wipesAKeyThatANewPolicyDeniesFromMemoryAndFiles() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    grant("false", WITHIN, ReleasedKeys.FIRST);
    round();
    assertHeld();
    assertThat(vault.asked()).hasSize(1);
    assertThat(reason()).isEqualTo("PolicyDenied");
    time.pass(Duration.ofDays(1));
    round();
    assertThat(guest.attestations()).isEqualTo(2);
  }

  @Test
  void releasesAgainWhenTheDenyingPolicyIsTakenBack() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    grant("false", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
    assertThat(current()).isEqualTo(ReleasedKeys.FIRST);
  }

  @Test
  void provesUnderANewPolicyThatTheKeyIsStillReleased() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    grant("\"true\"", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    round();
    assertThat(vault.asked()).hasSize(2);
    assertHeld(ReleasedKeys.FIRST);
  }

  @Test
  void servesOnWhileTheVaultCannotBeAskedUnderTheNewPolicy() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    vault.answer(503);
    grant("\"true\"", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
    assertThat(reason()).isEqualTo("VaultUnavailable");
    vault.answer(200);
    time.pass(Duration.ofSeconds(2));
    round();
    assertThat(vault.asked()).hasSize(3);
    assertThat(board.latest("orders")).get().isInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void keepsAKeyWhoseNewVersionIsMissingInTheVault() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    vault.answer(404);
    grant("true", Duration.ZERO, ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
  }

  private void round() throws InterruptedException {
    loop.round(List.of(PIN));
  }

  private String reason() {
    return OutcomeKind.of(board.latest("orders").orElseThrow()).reason();
  }

  private void assertHeld(String... versions) throws IOException {
    assertThat(lease.held("orders"))
        .extracting(held -> held.description().identifier().version().orElseThrow().value())
        .containsExactlyInAnyOrder(versions);
    try (var entries = Files.list(keyFolder())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .filteredOn(name -> !name.equals("current"))
          .containsExactlyInAnyOrder(versions);
    }
    assertThat(Files.isSymbolicLink(keyFolder().resolve("current"))).isEqualTo(versions.length > 0);
  }

  private String current() throws IOException {
    return Files.readSymbolicLink(keyFolder().resolve("current")).toString();
  }

  private Path keyFolder() {
    return folder.resolve("containers/app/keys/orders");
  }

  /** As the kubelet does it: the data in a folder of its own, and one link switched to it. */
  private void grant(String secureBoot, Duration within, String current, String... overlap)
      throws Exception {
    Path mount = Files.createDirectories(folder.resolve("grants/orders"));
    Path data = Files.createDirectory(mount.resolve("..data-" + swaps++));
    Files.writeString(
        data.resolve(GrantConfigMap.FILE),
        GrantJson.write(grantOf(secureBoot, within, current, overlap)));
    Path draft = Files.createSymbolicLink(mount.resolve("..data_tmp"), data.getFileName());
    Files.move(draft, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Path file = mount.resolve(GrantConfigMap.FILE);
    if (!Files.isSymbolicLink(file)) {
      Files.createSymbolicLink(file, Path.of("..data", GrantConfigMap.FILE));
    }
  }

  private static Grant grantOf(
      String secureBoot, Duration within, String current, String... overlap) throws Exception {
    List<GrantedVersion> versions =
        Stream.concat(
                Stream.of(new GrantedVersion(new KeyVersion(current), VersionState.Current)),
                Arrays.stream(overlap)
                    .map(v -> new GrantedVersion(new KeyVersion(v), VersionState.Overlap)))
            .toList();
    return new Grant(
        PIN.key(),
        versions,
        PolicyParser.parse(
            "{\"anyOf\":[{\"authority\":\"https://sharedweu.weu.attest.azure.net\",\"allOf\":[{"
                + "\"claim\":\"secureboot\",\"equals\":"
                + secureBoot
                + "}]}]}"),
        Duration.ofMinutes(5),
        within);
  }
}
