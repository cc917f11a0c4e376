package dev.keygate.scenarios.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keygate.scenarios.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code deploy/install} to the chart. After a change of the chart, write the files anew with
 *
 * <pre>mvn -pl e2e/scenarios -am test -Dtest=InstallManifestsTest -Dkeygate.golden.update=true \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class InstallManifestsTest {

  private static final Path DEPLOY = Checkout.root().resolve("deploy");
  private static final Path INSTALL = DEPLOY.resolve("install");
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final String CRD = "CustomResourceDefinition";

  /** Helm makes the namespace itself, and cannot label it. */
  private static final String NAMESPACE_FILE = "00.Namespace.keygate-system.yaml";

  private static final String HEADER =
      "# Generated from charts/keygate with its default values: make changes there.\n";

  /** The order in which kubectl applies them. */
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("ServiceAccount", "10"),
          Map.entry("ClusterRole", "20"),
          Map.entry("ClusterRoleBinding", "21"),
          Map.entry("Role", "22"),
          Map.entry("RoleBinding", "23"),
          Map.entry("ValidatingAdmissionPolicy", "24"),
          Map.entry("ValidatingAdmissionPolicyBinding", "25"),
          Map.entry("Secret", "11"),
          Map.entry("Service", "31"),
          Map.entry("Deployment", "30"),
          Map.entry("PodDisruptionBudget", "32"),
          Map.entry("MutatingWebhookConfiguration", "40"));

  @BeforeAll
  static void update() throws IOException {
    if (Boolean.getBoolean("keygate.golden.update")) {
      write(rendered());
    }
  }

  @Test
  void filesInDeployAreWhatTheChartMakesOfItsDefaults() throws IOException {
    Map<String, String> files = read(INSTALL);

    assertThat(files.remove(NAMESPACE_FILE)).isNotNull();
    assertThat(files).isEqualTo(rendered());
  }

  @Test
  void kindsOfTheChartAreThoseInDeployAndAreKept() throws IOException {
    List<JsonNode> rendered = new ArrayList<>();
    for (RenderedObject object : KeygateChart.render()) {
      if (object.kind().equals(CRD)) {
        ObjectNode metadata = (ObjectNode) object.content().path("metadata");
        assertThat(metadata.remove("annotations").path("helm.sh/resource-policy").asText())
            .isEqualTo("keep");
        rendered.add(object.content());
      }
    }
    List<JsonNode> files = new ArrayList<>();
    for (String text : read(DEPLOY.resolve("crds")).values()) {
      files.add(YAML.readTree(text));
    }

    assertThat(rendered).isNotEmpty().containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void kustomizationListsEveryFileInItsOrder() throws IOException {
    List<String> listed = new ArrayList<>();
    YAML.readTree(Files.readString(DEPLOY.resolve("kustomization.yaml")))
        .path("resources")
        .forEach(resource -> listed.add(resource.asText()));

    List<String> files = new ArrayList<>();
    read(DEPLOY.resolve("crds")).keySet().forEach(name -> files.add("crds/" + name));
    read(INSTALL).keySet().forEach(name -> files.add("install/" + name));
    assertThat(listed).isEqualTo(files);
  }

  /** Names to texts, but for the kinds, which are generated from elsewhere. */
  private static Map<String, String> rendered() throws IOException {
    Map<String, String> rendered = new TreeMap<>();
    for (RenderedObject object : KeygateChart.render()) {
      if (!object.kind().equals(CRD)) {
        rendered.put(fileName(object), HEADER + object.text());
      }
    }
    return rendered;
  }

  private static String fileName(RenderedObject object) {
    String number = NUMBERS.get(object.kind());
    assertThat(number).as("a number for the kind " + object.kind()).isNotNull();
    return number + "." + object.kind() + "." + object.name() + ".yaml";
  }

  private static void write(Map<String, String> rendered) throws IOException {
    for (String name : read(INSTALL).keySet()) {
      if (!name.equals(NAMESPACE_FILE)) {
        Files.delete(INSTALL.resolve(name));
      }
    }
    for (Map.Entry<String, String> file : rendered.entrySet()) {
      Files.writeString(INSTALL.resolve(file.getKey()), file.getValue());
    }
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        files.put(String.valueOf(path.getFileName()), Files.readString(path));
      }
    }
    return files;
  }
}
