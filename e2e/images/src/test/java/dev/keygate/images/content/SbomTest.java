package dev.keygate.images.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SbomTest {

  @TempDir private Path folder;

  @Test
  void namesTheRuntimeBesideTheParts() throws Exception {
    JsonNode list =
        complete("{\"bomFormat\":\"CycloneDX\",\"components\":[{\"name\":\"nimbus-jose-jwt\"}]}");

    assertThat(list.path("components")).hasSize(2);
    assertThat(list.path("components").path(1).path("name").asText()).isEqualTo("java-runtime");
    assertThat(list.path("components").path(1).path("version").asText()).isEqualTo("25.0.3+9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"bomFormat\":\"SPDX\",\"components\":[{}]}",
        "{\"bomFormat\":\"CycloneDX\",\"components\":[]}",
        "{\"bomFormat\":\"CycloneDX\"}",
        "{\"bomFormat\":",
      })
  void refusesWhatIsNoListOfParts(String text) {
    assertThatIOException().isThrownBy(() -> complete(text));
  }

  private JsonNode complete(String text) throws IOException {
    Path application = Files.writeString(folder.resolve("application.json"), text);
    LinkedRuntime runtime = new LinkedRuntime(folder, "25.0.3+9");
    return new JsonMapper()
        .readTree(Sbom.write(application, runtime, folder.resolve("image.json")).toFile());
  }
}
