package dev.keygate.scenarios.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values, their schema and their documentation. After a change of values.yaml, write the table of
 * README.md anew with {@code -Dkeygate.golden.update=true}.
 */
class ChartValuesTest {

  private static final Path README = KeygateChart.FOLDER.resolve("README.md");
  private static final String TABLE_BEGINS = "<!-- values: generated -->\n";
  private static final String TABLE_ENDS = "<!-- end of values -->\n";

  @Test
  void lintFindsNothing() {
    LintResult result = new Helm(KeygateChart.FOLDER).lint().strict().call();

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
    assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
  }

  @Test
  void everyValueHasAComment() throws IOException {
    List<DocumentedValue> values = DocumentedValue.read();

    assertThat(values).hasSizeGreaterThan(40);
    assertThat(values).filteredOn(value -> value.comment().isEmpty()).isEmpty();
  }

  @Test
  void readmeListsEveryValue() throws IOException {
    List<DocumentedValue> values = DocumentedValue.read();
    StringBuilder table = new StringBuilder("| value | default | |\n|---|---|---|\n");
    values.forEach(value -> table.append(value.row(values)).append('\n'));
    String text = Files.readString(README);
    int begin = text.indexOf(TABLE_BEGINS) + TABLE_BEGINS.length();
    int end = text.indexOf(TABLE_ENDS);
    if (Boolean.getBoolean("keygate.golden.update")) {
      Files.writeString(README, text.substring(0, begin) + table + text.substring(end));
    }

    assertThat(Files.readString(README)).contains(TABLE_BEGINS + table + TABLE_ENDS);
  }

  @Test
  void schemaIsClosedEverywhere() throws IOException {
    List<String> open = new ArrayList<>();
    collectOpen(schema(), "", open);

    // Labels of nodes, whose names are the user's.
    assertThat(open).containsExactly("/properties/operator/properties/nodeSelector");
  }

  @Test
  void schemaRequiresEveryValueAndKnowsNoOther() throws IOException {
    List<DocumentedValue> values = DocumentedValue.read();
    Set<String> known = new TreeSet<>();
    collectKnown(schema(), "", known);

    assertThat(known)
        .containsExactlyInAnyOrderElementsOf(values.stream().map(DocumentedValue::path).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {watchNamespaces: []}                                  | watchNamespaces
          {sidecar: {memorylimit: 1Gi}}                          | memorylimit
          {image: {tags: x}}                                     | tags
          {lab: {enable: true}}                                  | enable
          {operator: {resources: {limit: {memory: 1Gi}}}}        | limit
          {operator: {tolerations: [{keys: x}]}}                 | keys
          {global: {x: y}}                                       | global
          {webhook: {certificate: certmanager}}                  | /webhook/certificate
          {webhook: {timeoutSeconds: 31}}                        | /webhook/timeoutSeconds
          {webhook: {timeoutSeconds: '5'}}                       | /webhook/timeoutSeconds
          {resyncInterval: 10 minutes}                           | /resyncInterval
          {operator: {replicas: 0}}                              | /operator/replicas
          {operator: {replicas: '2'}}                            | /operator/replicas
          {vault: {createsPerTenSeconds: 0}}                     | /vault/createsPerTenSeconds
          {vault: {requestsPerTenSeconds: 1000001}}              | /vault/requestsPerTenSeconds
          {identity: {clientId: operator}}                       | /identity/clientId
          {identity: {tenantId: ''}}                             | /identity/tenantId
          {identity: {authorityHost: 'http://entra.example'}}    | /identity/authorityHost
          {image: {digest: latest}}                              | /image/digest
          {image: {pullPolicy: always}}                          | /image/pullPolicy
          {sidecar: {image: {repository: "x' == 'x"}}}        | /sidecar/image/repository
          {sidecar: {image: {tag: "x' == 'x"}}}               | /sidecar/image/tag
          {sidecar: {deviceGroup: tss}}                          | /sidecar/deviceGroup
          {sidecar: {deviceGroup: -1}}                           | /sidecar/deviceGroup
          {sidecar: {collectorPort: otlp}}                       | /sidecar/collectorPort
          {sidecar: {collectorPort: 65536}}                      | /sidecar/collectorPort
          {sidecar: {memoryLimit: lots}}                         | /sidecar/memoryLimit
          {watchedNamespaces: [Shop]}                            | /watchedNamespaces/0
          {watchedNamespaces: shop}                              | /watchedNamespaces
          {devicePlugin: {shares: 0}}                            | /devicePlugin/shares
          {devicePlugin: {image: {tag: latest}}}                 | tag
          {devicePlugin: {enabled: true}}                        | devicePlugin.image.digest is required
          {lab: {enabled: true}}                                 | /lab/proxy
          {lab: {enabled: true, proxy: 'proxy:3128'}}            | /lab/proxy
          {lab: {enabled: 'false'}}                              | /lab/enabled
          """)
  void refusesValuesAndSaysWhere(String values, String said) {
    assertThatThrownBy(() -> KeygateChart.render(values)).hasMessageContaining(said);
  }

  @Test
  void refusesAnOlderKubernetes() {
    assertThatThrownBy(
            () -> new Helm(KeygateChart.FOLDER).template().withKubeVersion("1.32.9").call())
        .hasMessageContaining("1.33");
  }

  private static JsonNode schema() throws IOException {
    return new JsonMapper()
        .readTree(Files.readString(KeygateChart.FOLDER.resolve("values.schema.json")));
  }

  private static void collectOpen(JsonNode node, String path, List<String> open) {
    if (node.path("type").asText().equals("object")) {
      JsonNode more = node.path("additionalProperties");
      if (!more.isBoolean() || more.asBoolean()) {
        open.add(path);
      }
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      collectOpen(member.getValue(), path + "/" + member.getKey(), open);
    }
  }

  /** Collects the paths of required properties; a property that is not required has no default. */
  private static void collectKnown(JsonNode node, String path, Set<String> known) {
    for (JsonNode required : node.path("required")) {
      String below = path.isEmpty() ? required.asText() : path + "." + required.asText();
      known.add(below);
      collectKnown(node.path("properties").path(required.asText()), below, known);
    }
    assertThat(node.path("properties").properties())
        .as("optional properties at " + path)
        .allMatch(member -> path.endsWith("resources") || contains(node, member.getKey()));
  }

  private static boolean contains(JsonNode node, String name) {
    for (JsonNode required : node.path("required")) {
      if (required.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
