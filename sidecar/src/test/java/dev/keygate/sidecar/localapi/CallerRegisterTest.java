package dev.keygate.sidecar.localapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.delivery.Readers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerRegisterTest {

  @TempDir private Path folder;

  @Test
  void writesATokenOfItsOwnForEachContainer() throws Exception {
    CallerRegister register = open();

    assertThat(register.find(token("app"))).map(Caller::keys).contains(Set.of("orders"));
    assertThat(register.find(token("web"))).map(Caller::keys).contains(Set.of());
    assertThat(token("app")).isNotEqualTo(token("web"));
  }

  @ParameterizedTest
  @CsvSource({"GROUP, r--r-----, rwxr-x---", "EVERYONE, r--r--r--, rwxr-xr-x"})
  void letsTheReadersReadAndNobodyWrite(Readers readers, String file, String directory)
      throws Exception {
    open();
    CallerRegister.open(folder, readers, Map.of("app", Set.of()), new SecureRandom());

    assertThat(mode("app/token")).isEqualTo(file);
    assertThat(mode("app")).isEqualTo(directory);
    try (var files = Files.list(folder.resolve("app"))) {
      assertThat(files).containsExactly(folder.resolve("app/token"));
    }
  }

  @Test
  void keepsATokenOverARestart() throws Exception {
    open();
    String before = token("app");

    CallerRegister restarted = open();

    assertThat(token("app")).isEqualTo(before);
    assertThat(restarted.find(before)).map(Caller::container).contains("app");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "not a token, not a token, not a token, not", "\n"})
  void replacesWhatIsNoToken(String damaged) throws Exception {
    Files.createDirectories(folder.resolve("app"));
    Files.writeString(folder.resolve("app/token"), damaged);

    CallerRegister register = open();

    assertThat(token("app")).hasSize(43);
    assertThat(register.find(token("app"))).isPresent();
  }

  @Test
  void knowsNobodyElse() throws Exception {
    CallerRegister register = open();
    String token = token("app");

    assertThat(register.find("")).isEmpty();
    assertThat(register.find(token.substring(1))).isEmpty();
    assertThat(register.find(token + "A")).isEmpty();
    assertThat(register.find(token.toLowerCase(Locale.ROOT))).isEmpty();
    assertThat(CallerRegister.empty().find(token)).isEmpty();
  }

  @Test
  void refusesADirectoryThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(
            () ->
                CallerRegister.open(
                    file, Readers.GROUP, Map.of("app", Set.of()), new SecureRandom()))
        .returns(Reason.SettingsInvalid, FailureException::reason);
  }

  @Test
  void showsNoToken() {
    CallerToken token = CallerToken.fresh(new SecureRandom());

    assertThat(token.toString()).doesNotContain(token.reveal());
  }

  private CallerRegister open() throws RefusedException {
    return CallerRegister.open(
        folder,
        Readers.GROUP,
        Map.of("app", Set.of("orders"), "web", Set.of()),
        new SecureRandom());
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
  }

  private String token(String container) throws IOException {
    return Files.readString(folder.resolve(container).resolve("token"));
  }
}
