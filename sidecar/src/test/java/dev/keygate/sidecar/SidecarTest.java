package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.keygate.failure.Reason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SidecarTest {

  private static final String KEY = "https://contoso.vault.azure.net/keys/orders";
  private static final String MAA = "https://sharedweu.weu.attest.azure.net";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"--help", "release --help", "--version"})
  void explainsItself(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isZero();
    assertThat(out.toString()).contains("keygate-sidecar");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bogus",
        "release",
        "release --once",
        "release --key K",
        "release --once --key K",
        "release --once --key not-a-url --authority https://sharedweu.weu.attest.azure.net",
        "release --once --key https://contoso.vault.azure.net/keys/orders --authority x",
        "release --once --key https://contoso.vault.azure.net/keys/orders --authority"
            + " https://sharedweu.weu.attest.azure.net --format xml",
        "release --once --key https://contoso.vault.azure.net/keys/orders --authority"
            + " https://sharedweu.weu.attest.azure.net --policy /nonexistent",
        "release --once --key https://contoso.vault.azure.net/keys/orders --authority"
            + " https://sharedweu.weu.attest.azure.net --identity workload"
      })
  void refusesWrongArgumentsWithOneStatus(String arguments) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(ExitCode.SETTINGS.status());
    assertThat(err.toString()).isNotEmpty().doesNotContain("\tat ");
  }

  @Test
  void refusesAMalformedPolicyWithItsPosition() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy.json"), "{\n \"anyOf\": 1}");

    int status = run("release", "--once", "--key", KEY, "--policy", policy.toString());

    assertThat(status).isEqualTo(ExitCode.REFUSED.status());
    assertThat(err.toString()).contains("PolicyMalformed", "line 2");
  }

  @Tag("rival-06")
  @Tag("rival-17")
  @Test
  void saysInOneSentenceThatThereIsNoTpm() {
    assumeFalse(Files.exists(Path.of("/dev/tpmrm0")), "this machine has a TPM");

    int status = run("release", "--once", "--key", KEY, "--authority", MAA);

    assertThat(status).isEqualTo(ExitCode.NO_TEE.status());
    assertThat(err.toString().lines()).hasSize(1).allMatch(l -> l.startsWith("TpmNotFound: "));
  }

  @Test
  void leavesItsLastSentenceWhereTheKubeletShowsIt() throws Exception {
    Path message = Files.createFile(folder.resolve("termination-log"));

    run();

    assertThat(Files.readString(message)).isEqualTo(err.toString().strip());
    assertThat(message).isNotEmptyFile();
  }

  @Test
  void doesNotStartTheServerWithoutSettings() {
    assertThat(run()).isEqualTo(ExitCode.SETTINGS.status());
    assertThat(err.toString().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "SettingsInvalid, SETTINGS",
    "TpmNotFound, NO_TEE",
    "TpmNotPermitted, REFUSED",
    "DeliveryFailed, UNAVAILABLE",
    "NotConfidentialVm, NO_TEE",
    "PolicyDenied, REFUSED",
    "DebugAllowed, REFUSED",
    "VaultUnavailable, UNAVAILABLE",
    "StatementNotVerified, UNAVAILABLE"
  })
  void hasAStatusForEveryKindOfFailure(Reason reason, ExitCode code) {
    assertThat(ExitCode.of(reason)).isEqualTo(code);
  }

  private int run(String... arguments) {
    TerminationMessage termination = new TerminationMessage(folder.resolve("termination-log"));
    if (arguments.length == 0) {
      return Sidecar.run(arguments, termination, new PrintWriter(err, true));
    }
    CommandLine commandLine = Sidecar.commandLine(termination);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
