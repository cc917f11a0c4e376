package dev.keygate.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/reference/local-api.md shows app teams, run against a sidecar. */
class AppSnippetsTest {

  private static final Path FOLDER =
      Path.of("..", "deploy", "examples", "local-api").toAbsolutePath().normalize();
  private static final String TEXT = "order 4711";

  @TempDir private static Path folder;
  private static Optional<LabSidecar> sidecar = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    sidecar = Optional.of(LabSidecar.start(folder));
  }

  @AfterAll
  static void stop() {
    sidecar.ifPresent(LabSidecar::close);
  }

  @ParameterizedTest
  @CsvSource({"Fetch.java, java", "fetch.py, python3", "fetch.go, go run"})
  void makesTheMacThatTheKeyMakes(String fileName, String command) throws Exception {
    OctetSequenceKey key = OctetSequenceKey.parse(material("session"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.toByteArray(), "HmacSHA256"));

    String printed = run(List.of(command.split(" ")), fileName);

    assertThat(printed)
        .isEqualTo(HexFormat.of().formatHex(mac.doFinal(TEXT.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void signsWithAKeyThatIsInNoFile() throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(RSAKey.parse(material("orders")).toRSAPublicKey());
    signature.update(TEXT.getBytes(StandardCharsets.UTF_8));

    String printed = run(List.of("bash"), "fetch.sh");

    assertThat(signature.verify(Base64.getDecoder().decode(printed))).isTrue();
  }

  private static String run(List<String> command, String fileName) throws Exception {
    List<String> words = new ArrayList<>(command);
    words.add(FOLDER.resolve(fileName).toString());
    words.add(TEXT);
    Path output = folder.resolve(fileName + ".out");
    Path errors = folder.resolve(fileName + ".err");
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put("KEYGATE_API", "http://127.0.0.1:" + sidecar.orElseThrow().port());
    builder.environment().put("KEYGATE_FOLDER", sidecar.orElseThrow().containerFolder().toString());
    // A proxy must not be asked for an address of this machine.
    builder.environment().put("http_proxy", "http://192.0.2.1:1");
    try {
      Process process =
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    } catch (IOException missing) {
      if ("true".equals(System.getenv("CI"))) {
        throw missing;
      }
      abort("The snippet " + fileName + " was NOT run: " + missing.getMessage());
    }
    return Files.readString(output).strip();
  }

  private static String material(String name) throws Exception {
    return sidecar.orElseThrow().call("POST", "/v1/keys/" + name + "/material", "{}").body();
  }
}
