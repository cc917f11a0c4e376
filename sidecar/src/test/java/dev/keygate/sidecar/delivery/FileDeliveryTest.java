package dev.keygate.sidecar.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.keygate.contract.GrantedVersion;
import dev.keygate.contract.VersionState;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.testing.Keys;
import dev.keygate.sidecar.testing.ReleasedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeliveryTest {

  private static final KeyVersion FIRST = new KeyVersion(ReleasedKeys.FIRST);
  private static final KeyVersion SECOND = new KeyVersion(ReleasedKeys.SECOND);

  @TempDir private Path folder;

  @Test
  void writesAKeyWhereEachContainerThatGetsItFindsIt() throws Exception {
    FileDelivery files = open(Map.of("app", Set.of("orders"), "web", Set.of("orders", "session")));

    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 7));
    files.settle("orders", List.of(current(FIRST)));

    for (String container : List.of("app", "web")) {
      String text = Files.readString(folder.resolve(container + "/keys/orders/current/key.jwk"));
      OctetSequenceKey key = OctetSequenceKey.parse(text);
      assertThat(key.toByteArray()).hasSize(32).containsOnly(7);
      assertThat(key.getKeyID()).endsWith(ReleasedKeys.FIRST);
    }
  }

  @Test
  void writesASymmetricKeyInTheFormatsThatItHas() throws Exception {
    FileDelivery files = open();

    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 7));
    files.settle("orders", List.of(current(FIRST)));

    assertThat(Files.readAllBytes(keys("current/key.bin"))).hasSize(32).containsOnly(7);
    assertThat(keys("current/key.pem")).doesNotExist();
  }

  @Test
  void writesTheSameKeyInThreeFormats() throws Exception {
    FileDelivery files = open();

    files.deliver("orders", ReleasedKeys.rsa(ReleasedKeys.FIRST));
    files.settle("orders", List.of(current(FIRST)));

    PrivateKey expected = Keys.TARGET.getPrivate();
    assertThat(RSAKey.parse(Files.readString(keys("current/key.jwk"))).toPrivateKey())
        .isEqualTo(expected);
    assertThat(JWK.parseFromPEMEncodedObjects(Files.readString(keys("current/key.pem"))))
        .isInstanceOfSatisfying(
            RSAKey.class, key -> assertThat(key.getPrivateExponent()).isNotNull());
    assertThat(Files.readAllBytes(keys("current/key.bin"))).isEqualTo(expected.getEncoded());
  }

  /** By then an earlier release of this program may have left a version with one file. */
  @Test
  void addsTheFormatsThatAVersionLacks() throws Exception {
    open().deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 7));
    Files.delete(keys(ReleasedKeys.FIRST + "/key.bin"));

    open().deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 7));

    assertThat(keys(ReleasedKeys.FIRST + "/key.bin")).exists();
    assertThat(keys(ReleasedKeys.FIRST + "/key.jwk")).exists();
  }

  @Test
  void writesAKeyNowhereElse() throws Exception {
    FileDelivery files =
        open(Map.of("app", Set.of("orders"), "web", Set.of("session"), "none", Set.of()));

    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 7));
    files.deliver("other", ReleasedKeys.oct(ReleasedKeys.FIRST, 7));
    files.settle("orders", List.of(current(FIRST)));

    assertThat(folder.resolve("web/keys/session")).isEmptyDirectory();
    assertThat(folder.resolve("web/keys/orders")).doesNotExist();
    assertThat(folder.resolve("none")).isEmptyDirectory();
    assertThat(folder.resolve("app/keys/other")).doesNotExist();
  }

  @Test
  void showsAVersionAsCurrentNotBeforeItIsGrantedSo() throws Exception {
    FileDelivery files = open();

    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    assertThat(files.has("orders", FIRST)).isTrue();
    assertThat(files.serves("orders")).isFalse();
    assertThat(keys("current")).doesNotExist();

    files.settle("orders", List.of(current(FIRST)));
    assertThat(files.serves("orders")).isTrue();
  }

  @Test
  void removesAWithdrawnVersionAndTheLinkToIt() throws Exception {
    FileDelivery files = open();
    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));
    files.settle("orders", List.of(current(SECOND), overlap(FIRST)));

    files.withdraw("orders", FIRST);
    assertThat(Files.readSymbolicLink(keys("current"))).isEqualTo(Path.of(ReleasedKeys.SECOND));
    assertThat(keys(ReleasedKeys.FIRST)).doesNotExist();
    assertThat(files.serves("orders")).isTrue();

    files.withdraw("orders", SECOND);
    assertThat(keys("")).isEmptyDirectory();
    assertThat(files.serves("orders")).isFalse();
    assertThat(files.has("orders", SECOND)).isFalse();
    files.withdraw("orders", SECOND);
  }

  @Test
  void knowsTheVersionsThatAnEarlierProcessLeftAndWithdrawsThem() throws Exception {
    FileDelivery earlier = open();
    earlier.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    earlier.settle("orders", List.of(current(FIRST)));

    FileDelivery files = open();
    assertThat(files.present("orders")).containsExactly(FIRST);
    assertThat(files.present("other")).isEmpty();

    files.withdraw("orders", FIRST);
    assertThat(files.present("orders")).isEmpty();
    assertThat(keys("")).isEmptyDirectory();
  }

  @Test
  void servesTwoVersionsUntilTheOverlapEnds() throws Exception {
    FileDelivery files = open();
    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    files.settle("orders", List.of(current(FIRST)));

    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));
    files.settle("orders", List.of(current(SECOND), overlap(FIRST)));
    assertThat(Files.readSymbolicLink(keys("current"))).isEqualTo(Path.of(ReleasedKeys.SECOND));
    assertThat(keys(ReleasedKeys.FIRST + "/key.jwk")).exists();

    files.settle("orders", List.of(current(SECOND)));
    assertThat(keys(ReleasedKeys.FIRST)).doesNotExist();
    assertThat(keys("current/key.jwk")).exists();
    assertThat(files.has("orders", FIRST)).isFalse();
  }

  @Test
  void changesNothingWhileTheCurrentVersionIsNotThere() throws Exception {
    FileDelivery files = open();
    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    files.settle("orders", List.of(current(FIRST)));

    files.settle("orders", List.of(current(SECOND)));
    files.settle("orders", List.of());
    files.settle("orders", List.of(overlap(FIRST)));

    assertThat(Files.readSymbolicLink(keys("current"))).isEqualTo(Path.of(ReleasedKeys.FIRST));
    assertThat(files.has("orders", FIRST)).isTrue();
    assertThat(files.serves("orders")).isTrue();
  }

  @Test
  void leavesAnAppItsFilesWhenItIsStartedAgain() throws Exception {
    FileDelivery before = open();
    before.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    before.settle("orders", List.of(current(FIRST)));

    FileDelivery restarted = open();

    assertThat(keys("current/key.jwk")).exists();
    assertThat(restarted.has("orders", FIRST)).isFalse();
    assertThat(restarted.serves("orders")).isFalse();
    restarted.settle("orders", List.of(current(FIRST)));
    assertThat(keys("current/key.jwk")).exists();
  }

  @Test
  void keepsAGrantedVersionThatItHasNotWrittenItselfYet() throws Exception {
    FileDelivery before = open();
    before.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    before.settle("orders", List.of(current(FIRST)));

    FileDelivery restarted = open();
    restarted.deliver("orders", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));
    restarted.settle("orders", List.of(current(SECOND), overlap(FIRST)));

    assertThat(keys(ReleasedKeys.FIRST + "/key.jwk")).exists();
  }

  @Test
  void removesAtItsStartWhatAContainerNoLongerGets() throws Exception {
    FileDelivery before = open(Map.of("app", Set.of("orders", "session"), "web", Set.of("orders")));
    before.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    before.deliver("session", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    open(Map.of("app", Set.of("orders"), "web", Set.of()));

    assertThat(keys(ReleasedKeys.FIRST)).exists();
    assertThat(folder.resolve("app/keys/session")).doesNotExist();
    assertThat(folder.resolve("web/keys")).doesNotExist();
  }

  @Test
  void clearsWhatIsInTheWayOfAVersion() throws Exception {
    FileDelivery files = open();
    Files.writeString(
        Files.createDirectory(keys(".new-" + ReleasedKeys.FIRST)).resolve("key.jwk"), "{");
    Files.writeString(keys(ReleasedKeys.FIRST), "x");

    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));

    assertThat(keys(ReleasedKeys.FIRST + "/key.jwk")).isNotEmptyFile();
    assertThat(keys(".new-" + ReleasedKeys.FIRST)).doesNotExist();
  }

  @Test
  void failsWithAReasonWhereItsFolderIsGone() throws Exception {
    FileDelivery files = open();
    Files.delete(keys(""));
    Files.createFile(keys(""));

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1)))
        .returns(Reason.DeliveryFailed, FailureException::reason);
    assertThat(files.has("orders", FIRST)).isFalse();
    assertThat(files.serves("orders")).isFalse();
  }

  @Test
  void failsWithAReasonWhenAVersionCannotBeMadeCurrent() throws Exception {
    FileDelivery files = open();
    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    Files.delete(keys(ReleasedKeys.FIRST + "/key.jwk"));

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> files.settle("orders", List.of(current(FIRST))))
        .returns(Reason.DeliveryFailed, FailureException::reason);
    assertThat(files.serves("orders")).isFalse();
  }

  @Test
  void refusesADirectoryThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> FileDelivery.open(file, Readers.GROUP, Map.of("app", Set.of("orders"))))
        .returns(Reason.SettingsInvalid, FailureException::reason);
  }

  @Test
  void removesEverythingAtTheEndOfThePodAndWritesNoMore() throws Exception {
    FileDelivery files = open();
    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    files.settle("orders", List.of(current(FIRST)));

    files.wipe();
    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.SECOND, 2));
    files.settle("orders", List.of(current(SECOND)));

    assertThat(folder.resolve("app/keys")).isEmptyDirectory();
    assertThat(files.serves("orders")).isFalse();
  }

  @Test
  void hasNothingToDoForKeysThatNobodyGetsAsFiles() throws Exception {
    FileDelivery files = FileDelivery.none();

    files.deliver("orders", ReleasedKeys.oct(ReleasedKeys.FIRST, 1));
    files.settle("orders", List.of(current(SECOND)));

    assertThat(files.has("orders", SECOND)).isTrue();
    assertThat(files.serves("orders")).isTrue();
  }

  private FileDelivery open() throws RefusedException {
    return open(Map.of("app", Set.of("orders")));
  }

  private FileDelivery open(Map<String, Set<String>> filesByContainer) throws RefusedException {
    return FileDelivery.open(folder, Readers.GROUP, filesByContainer);
  }

  private Path keys(String below) {
    return folder.resolve("app/keys/orders").resolve(below);
  }

  private static GrantedVersion current(KeyVersion version) {
    return new GrantedVersion(version, VersionState.Current);
  }

  private static GrantedVersion overlap(KeyVersion version) {
    return new GrantedVersion(version, VersionState.Overlap);
  }
}
