package dev.keygate.images.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The list of an application's parts, completed by what only the image has: the Java runtime. */
final class Sbom {

  private static final JsonMapper JSON = new JsonMapper();

  private Sbom() {}

  /**
   * Writes the image's list.
   *
   * @param application what the build wrote
   * @throws IOException if that is no CycloneDX list with components
   */
  static Path write(Path application, LinkedRuntime runtime, Path to) throws IOException {
    JsonNode list = JSON.readTree(application.toFile());
    if (!(list instanceof ObjectNode whole)
        || !list.path("bomFormat").asText().equals("CycloneDX")
        || list.path("components").isEmpty()) {
      throw new IOException("expected a CycloneDX list with components in " + application);
    }
    whole
        .withArray("components")
        .addObject()
        .put("type", "platform")
        .put("bom-ref", "java-runtime")
        .put("group", System.getProperty("java.vendor", "unknown"))
        .put("name", "java-runtime")
        .put("version", runtime.version())
        .put("description", "Linked from modules " + String.join(", ", LinkedRuntime.MODULES));
    Files.createDirectories(to.getParent());
    return Files.writeString(to, whole.toString());
  }
}
