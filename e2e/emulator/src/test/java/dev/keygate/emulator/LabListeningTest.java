package dev.keygate.emulator;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.keygate.emulator.description.LabDescription;
import dev.keygate.emulator.net.Literal;
import dev.keygate.emulator.testing.LabClient;
import dev.keygate.emulator.testing.ShiftedTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lab at other addresses than the usual ones, as a cluster's network namespace needs it. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class LabListeningTest {

  @TempDir private static Path folder;
  private static Lab lab;
  private static LabClient client;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.start(oneMachine(), setup("127.0.0.2", Map.of("cvm-1", at("127.0.0.3:0"))));
    String root = Files.readString(lab.trustFolder().resolve("tls-root.pem"));
    client = new LabClient(lab.proxyAddress(), root);
  }

  @AfterAll
  static void end() {
    client.close();
    lab.close();
  }

  private static LabDescription oneMachine() {
    LabDescription standard = LabDescription.standard();
    return new LabDescription(
        standard.tenant(),
        standard.location(),
        List.of(),
        standard.authorities(),
        standard.principals(),
        standard.vaults(),
        standard.machines().subList(0, 1));
  }

  private static InetSocketAddress at(String endpoint) {
    return Literal.endpoint(endpoint);
  }

  private static LabSetup setup(String address, Map<String, InetSocketAddress> metadata) {
    return new LabSetup(
        folder,
        new ShiftedTime(),
        new SecureRandom(),
        new LabListening(Literal.address(address), 0, 0, metadata));
  }

  @Test
  void answersForAzureAtItsAddressAndTellsIt() {
    assertThat(client.get(SharedLab.MAA + "/certs").status()).isEqualTo(200);
    assertThat(lab.endpoints().at("/proxy/host").asText()).isEqualTo("127.0.0.2");
  }

  @Test
  void servesMetadataAtTheMachinesAddress() {
    String imds = lab.machine("cvm-1").imdsUrl();

    assertThat(imds).startsWith("http://127.0.0.3:");
    assertThat(
            client
                .direct("GET", imds + "/metadata/THIM/amd/certification", "", "Metadata", "true")
                .status())
        .isEqualTo(200);
  }

  @Test
  void keepsTheAdminEndpointOnLoopback() {
    assertThat(lab.adminUrl()).startsWith("http://127.0.0.1:");
    int port = Integer.parseInt(lab.adminUrl().replaceAll(".*:", ""));

    assertThatIOException()
        .isThrownBy(() -> new Socket(Literal.address("127.0.0.2"), port).close());
  }

  @Test
  void listensAtNoOtherAddress() {
    assertThatIOException()
        .isThrownBy(
            () -> new Socket(Literal.address("127.0.0.1"), lab.proxyAddress().getPort()).close());
  }

  @Test
  void refusesAddressOfSomeoneElse(@TempDir Path other) {
    LabSetup elsewhere =
        new LabSetup(
            other,
            new ShiftedTime(),
            new SecureRandom(),
            new LabListening(Literal.address("192.0.2.1"), 0, 0, Map.of()));

    assertThatIOException()
        .isThrownBy(() -> Lab.start(oneMachine(), elsewhere).close())
        .withCauseInstanceOf(SocketException.class)
        .withMessageContaining("192.0.2.1:0");
    assertThat(other.resolve("lab.json")).doesNotExist();
  }

  @Test
  void refusesMetadataOfMachineThatThereIsNot() {
    LabSetup unknown = setup("127.0.0.2", Map.of("cvm-9", at("127.0.0.3:0")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lab.start(oneMachine(), unknown).close())
        .withMessageContaining("cvm-9");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    ".,rwxr-x---",
    "tpm.sock,rw-rw----",
    "binary_bios_measurements,r--r-----",
    "trust,rwxr-xr-x",
    "trust/tls-root.pem,r--r--r--",
    "trust/amd-root.pem,r--r--r--"
  })
  void givesMachinesFolderToUsersOfItsGroup(String file, String mode) throws IOException {
    Path path = lab.machine("cvm-1").folder().resolve(file);

    assertThat(Files.getPosixFilePermissions(path)).isEqualTo(fromString(mode));
  }

  @Test
  void putsNothingElseIntoTheMachinesFolder() throws IOException {
    Path machine = lab.machine("cvm-1").folder();

    try (var files = Files.list(machine)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(
              List.of("tpm.sock", "binary_bios_measurements", "trust"));
    }
    assertThat(lab.trustFolder().resolve("tls-root.pem"))
        .hasSameTextualContentAs(machine.resolve("trust/tls-root.pem"));
  }
}
