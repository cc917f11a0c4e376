package dev.keygate.scenarios.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.keygate.scenarios.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The chart of this checkout. */
final class KeygateChart {

  static final Path FOLDER = Checkout.root().resolve("charts").resolve("keygate");

  static final String NAMESPACE = "keygate-system";

  private KeygateChart() {}

  /** What it makes of its defaults. */
  static List<RenderedObject> render() throws IOException {
    return RenderedObject.parse(template().call());
  }

  /**
   * What it makes of these values over its defaults.
   *
   * @throws IllegalStateException with helm's sentence, if it refuses
   */
  static List<RenderedObject> render(String values) throws IOException {
    Path file = Files.createTempFile(Path.of("target"), "values-", ".yaml");
    try {
      Files.writeString(file, values);
      return RenderedObject.parse(template().withValuesFile(file.toAbsolutePath()).call());
    } finally {
      Files.delete(file);
    }
  }

  private static TemplateCommand template() {
    return new Helm(FOLDER)
        .template()
        .withName("keygate")
        .withNamespace(NAMESPACE)
        .withKubeVersion("1.33.0");
  }
}
