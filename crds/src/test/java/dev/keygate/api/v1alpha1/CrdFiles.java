package dev.keygate.api.v1alpha1;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Generates the files of {@code deploy/crds} and of the chart in memory: name to content. */
final class CrdFiles {

  private static final Pattern BARE_TRUTH = Pattern.compile("(?m)^( *- )(True|False)$");

  /** What the names of the chart's copies begin with. */
  static final String TEMPLATE_PREFIX = "crd-";

  private static final String METADATA = "\nmetadata:\n";

  private CrdFiles() {}

  /** The same as templates of the chart, which uninstalling does not take away. */
  static Map<String, String> generateTemplates() {
    Map<String, String> templates = new TreeMap<>();
    generate().forEach((name, crd) -> templates.put(TEMPLATE_PREFIX + name, template(crd)));
    return templates;
  }

  private static String template(String crd) {
    if (crd.contains("{{")) {
      throw new IllegalStateException("helm would take a part of it for its own: {{");
    }
    return "{{- if .Values.crds.install }}\n"
        + crd.replaceFirst(
            METADATA, METADATA + "  annotations:\n    helm.sh/resource-policy: keep\n")
        + "{{- end }}\n";
  }

  static Map<String, String> generate() {
    MemoryOutput output = new MemoryOutput();
    new CRDGenerator()
        .customResourceClasses(ReleasePolicy.class, ExportableKey.class)
        .forCRDVersions("v1")
        .withMinQuotes(true)
        .withPostProcessor(new SchemaCompletion())
        .withOutput(output)
        .generate();
    Map<String, String> files = new TreeMap<>();
    output.streams.forEach(
        (name, stream) ->
            files.put(name + ".yaml", withQuotedTruths(stream.toString(StandardCharsets.UTF_8))));
    return files;
  }

  /** YAML 1.1, which kubectl reads, takes these two words for booleans; the generator does not. */
  private static String withQuotedTruths(String yaml) {
    return BARE_TRUTH.matcher(yaml).replaceAll("$1\"$2\"");
  }

  private static final class MemoryOutput
      extends CRDGenerator.AbstractCRDOutput<ByteArrayOutputStream> {

    private final Map<String, ByteArrayOutputStream> streams = new TreeMap<>();

    @Override
    protected ByteArrayOutputStream createStreamFor(String crdName) throws IOException {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      streams.put(crdName, stream);
      return stream;
    }
  }
}
