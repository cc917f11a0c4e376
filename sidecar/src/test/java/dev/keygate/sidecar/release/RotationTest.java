package dev.keygate.sidecar.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.contract.Grant;
import dev.keygate.contract.GrantConfigMap;
import dev.keygate.contract.GrantJson;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.endpoint.VaultHost;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.policy.PolicyParser;
import dev.keygate.policy.ReleasePolicyDocument;
import dev.keygate.sidecar.delivery.EverySink;
import dev.keygate.sidecar.delivery.FileDelivery;
import dev.keygate.sidecar.delivery.MemoryLease;
import dev.keygate.sidecar.delivery.Readers;
import dev.keygate.sidecar.events.KeyEventSource;
import dev.keygate.sidecar.testing.FakeTime;
import dev.keygate.sidecar.testing.LogLines;
import dev.keygate.sidecar.testing.ReleasedKeys;
import dev.keygate.sidecar.testing.TestAuthority;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Grants as the kubelet mounts and swaps them, keys in memory and in files. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class RotationTest {

  private static final KeyPin PIN =
      new KeyPin("orders", KeyIdentifier.of(new VaultHost(TestVault.HOST), "orders"));
  private static final AuthorityEndpoint OTHER_AUTHORITY =
      new AuthorityEndpoint("sharedneu.neu.attest.azure.net");
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
  void fetchesTheFirstVersionAtOnceAndANewOneWithinTheTimeThatTheGrantGives() throws Exception {
    grant("true", WITHIN, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
    grant("true", WITHIN, ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
    assertThat(guest.attestations()).isEqualTo(1);
    time.pass(WITHIN);
    round();
    assertHeld(ReleasedKeys.SECOND, ReleasedKeys.FIRST);
  }

  /** Whoever changes the grant again and again does not put the fetch off. */
  @Test
  void keepsTheMomentOfAFetchThroughFurtherChangesOfTheGrant() throws Exception {
    grant("true", WITHIN, ReleasedKeys.FIRST);
    round();
    for (int i = 0; i < 8; i++) {
      grant("true", WITHIN.plusSeconds(i), ReleasedKeys.SECOND, ReleasedKeys.FIRST);
      round();
      time.pass(WITHIN.dividedBy(8));
    }
    round();
    assertHeld(ReleasedKeys.SECOND, ReleasedKeys.FIRST);
  }

  @Test
  void fetchesAtOnceWhenWhatIsServedIsGrantedNoLonger() throws Exception {
    grant("true", WITHIN, ReleasedKeys.FIRST);
    round();
    grant("true", WITHIN, ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    round();
    grant("true", WITHIN, ReleasedKeys.SECOND);
    round();
    assertHeld(ReleasedKeys.SECOND);
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
  void wipesFromMemoryAndFilesWhatTheVaultDeniesUnderANewPolicy() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    KeyEventSource events = new KeyEventSource("orders", lease, board, () -> {});
    assertThat(events.next()).contains("event: version");
    vault.deny(key -> true);
    grant("false", WITHIN, ReleasedKeys.FIRST);
    round();
    assertHeld();
    assertThat(reason()).isEqualTo("PolicyDenied");
    assertThat(events.next()).contains("event: denied", "event: retired");
    int attestations = guest.attestations();
    time.pass(Duration.ofDays(1));
    round();
    assertThat(guest.attestations()).as("asked again without a change").isEqualTo(attestations);
  }

  /** The vault's policy was tightened before the grant says how. */
  @Test
  void wipesWhatTheVaultDeniesThoughTheGrantAdmitsIt() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    vault.deny(key -> true);
    grant("\"true\"", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    assertHeld();
    assertThat(reason()).isEqualTo("ReleaseDenied");
  }

  @Test
  void wipesOnlyTheVersionThatTheVaultDenies() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    round();
    vault.deny(key -> key.endsWith(ReleasedKeys.FIRST));
    grant("\"true\"", Duration.ZERO, ReleasedKeys.SECOND, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.SECOND);
    assertThat(current()).isEqualTo(ReleasedKeys.SECOND);
  }

  /** It stays for want of the version that took its place, which is denied as well. */
  @Test
  void wipesAVersionThatIsGrantedNoLongerWhenTheVaultDeniesIt() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    vault.deny(key -> true);
    grant("false", Duration.ZERO, ReleasedKeys.SECOND);
    round();
    assertHeld();
  }

  @Test
  void wipesTheFilesOfAnEarlierProcessWhenTheVaultDeniesThem() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    lease.close();
    start();
    vault.deny(key -> true);
    grant("false", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    assertHeld();
  }

  /**
   * The file of a ConfigMap is no proof: whoever writes it is not who writes the vault's policy.
   */
  @ParameterizedTest
  @ValueSource(strings = {"false", "\"no\""})
  void keepsWhatTheGrantDeniesAndTheVaultReleases(String secureBoot) throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    try (LogLines log = LogLines.collect()) {
      grant(secureBoot, Duration.ZERO, ReleasedKeys.FIRST);
      round();
      round();
      assertThat(log.text()).containsOnlyOnce("The grant's policy denies this machine");
    }
    assertHeld(ReleasedKeys.FIRST);
    assertThat(current()).isEqualTo(ReleasedKeys.FIRST);
    assertThat(vault.asked()).hasSize(2);
    assertThat(board.latest("orders")).get().isInstanceOf(ReleaseOutcome.Released.class);
  }

  @Test
  void keepsWhatIsHeldWhereTheGrantNamesAStrangersAuthority() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    grantOfAuthority("https://evil.weu.attest.azure.net");
    round();
    assertHeld(ReleasedKeys.FIRST);
  }

  /** The authority that the grant names is pinned, but its token is not what the vault wants. */
  @Test
  void keepsWhatTheVaultReleasesToTheTokenOfAnotherPinnedAuthority() throws Exception {
    guest.pin(OTHER_AUTHORITY, TestAuthority.ENDPOINT);
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    int before = vault.asked().size();
    vault.deny(key -> vault.asked().size() < before + 2);
    grant("false", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    assertThat(vault.asked()).hasSize(before + 2);
    assertThat(guest.asked().reversed())
        .startsWith(List.of(TestAuthority.ENDPOINT), List.of(OTHER_AUTHORITY));
    assertHeld(ReleasedKeys.FIRST);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 429, 500, 503})
  void keepsWhatTheVaultDoesNotSpeakAbout(int status) throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    vault.answer(status);
    grant("false", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
    vault.answer(200);
    vault.deny(key -> true);
    time.pass(Duration.ofMinutes(4));
    round();
    assertHeld();
  }

  @Test
  void keepsWhatIsHeldWhileNobodyVouchesForTheMachine() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    vault.deny(key -> true);
    guest.fail(new UnavailableException(Reason.AttestationUnavailable, "Nobody answers."));
    grant("false", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    assertHeld(ReleasedKeys.FIRST);
    assertThat(reason()).isEqualTo("AttestationUnavailable");
  }

  @Test
  void releasesAgainWhenTheDenyingPolicyIsTakenBack() throws Exception {
    grant("true", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    vault.deny(key -> true);
    grant("false", Duration.ZERO, ReleasedKeys.FIRST);
    round();
    assertHeld();
    vault.deny(key -> false);
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

  private void grant(String secureBoot, Duration within, String current, String... overlap)
      throws Exception {
    swap(grantOf(policy(TestAuthority.ENDPOINT.toString(), secureBoot), within, current, overlap));
  }

  private void grantOfAuthority(String authority) throws Exception {
    swap(grantOf(policy(authority, "true"), Duration.ZERO, ReleasedKeys.FIRST));
  }

  /** As the kubelet does it: the data in a folder of its own, and one link switched to it. */
  private void swap(Grant grant) throws Exception {
    Path mount = Files.createDirectories(folder.resolve("grants/orders"));
    Path data = Files.createDirectory(mount.resolve("..data-" + swaps++));
    Files.writeString(data.resolve(GrantConfigMap.FILE), GrantJson.write(grant));
    Path draft = Files.createSymbolicLink(mount.resolve("..data_tmp"), data.getFileName());
    Files.move(draft, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Path file = mount.resolve(GrantConfigMap.FILE);
    if (!Files.isSymbolicLink(file)) {
      Files.createSymbolicLink(file, Path.of("..data", GrantConfigMap.FILE));
    }
  }

  private static Grant grantOf(
      ReleasePolicyDocument policy, Duration within, String current, String... overlap) {
    List<GrantedVersion> versions =
        Stream.concat(
                Stream.of(new GrantedVersion(new KeyVersion(current), VersionState.Current)),
                Arrays.stream(overlap)
                    .map(v -> new GrantedVersion(new KeyVersion(v), VersionState.Overlap)))
            .toList();
    return new Grant(PIN.key(), versions, policy, Duration.ofMinutes(5), within);
  }

  private static ReleasePolicyDocument policy(String authority, String secureBoot)
      throws Exception {
    return PolicyParser.parse(
        """
        {"anyOf":[{"authority":"%s","allOf":[{"claim":"secureboot","equals":%s}]}]}
        """
            .formatted(authority, secureBoot));
  }
}
