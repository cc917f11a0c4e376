package dev.keygate.cluster.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a configuration file from the template of the same name beside this class. */
final class ConfigFile {

  private ConfigFile() {}

  /**
   * Fills every {@code ${name}}.
   *
   * @param file whose folder is made if absent
   * @param values for all names of the template and no others
   */
  static Path write(String template, Path file, Map<String, Object> values) throws IOException {
    String text = read(template);
    for (Map.Entry<String, Object> value : values.entrySet()) {
      String place = "${" + value.getKey() + "}";
      if (!text.contains(place)) {
        throw new IllegalStateException(template + " has no " + place);
      }
      text = text.replace(place, value.getValue().toString());
    }
    if (text.contains("${")) {
      throw new IllegalStateException(
          template + " wants more than " + values.keySet() + ", at " + text.indexOf("${"));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.writeString(file, text);
  }

  private static String read(String template) throws IOException {
    try (@Nullable InputStream in = ConfigFile.class.getResourceAsStream(template)) {
      if (in == null) {
        throw new IllegalStateException("no template " + template);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
