package dev.keygate.sidecar.localapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The API's description in OpenAPI 3.1, which lies beside this class. */
final class ApiDescription {

  private static final String FILE = "openapi.json";

  private ApiDescription() {}

  static String text() {
    try (var in = ApiDescription.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + FILE + " from the jar", e);
    }
  }
}
