package dev.keygate.azure.thim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SideFileTest {

  private static final String JSON = SideFile.json(SoftwarePlatform.VCEK);

  @Test
  void readsTheSideFileOfAContainerGroup() throws Exception {
    AmdCertification read = AmdCertification.parseSideFile(SideFile.base64(JSON) + "\n");
    assertThat(read.tcb()).isEqualTo(SoftwarePlatform.TCB);
    assertThat(read.pem()).isEqualTo(SoftwarePlatform.VCEK.chainPem());
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        JSON,
        "%%%",
        SideFile.base64("[]"),
        SideFile.base64("{}"),
        SideFile.base64(JSON.substring(1)),
        SideFile.base64(JSON.replace("vcekCert", "vlekCert")),
        SideFile.base64(JSON.replace("db18", "xx18")),
        "A".repeat(AmdCertification.SIDE_FILE_LIMIT_CHARS + 4));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesAnythingElse(String text) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> AmdCertification.parseSideFile(text));
    assertThat(refused.reason()).isEqualTo(Reason.CollateralMalformed);
  }

  @Test
  void readsARecordedOne() throws IOException, RefusedException {
    Path recorded = Path.of(System.getProperty("keygate.vectors", ""), "thim/host-amd-cert-base64");
    Assumptions.assumeTrue(
        Files.exists(recorded), "skipped: no recorded evidence in " + recorded.getParent());
    AmdCertification read = AmdCertification.parseSideFile(Files.readString(recorded));
    assertThat(read.tcb().hex()).isEqualTo("7308000000000003");
  }
}
