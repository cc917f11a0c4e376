package dev.keygate.api.v1alpha1;

import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Generates the files of {@code deploy/crds} in memory: name to content. */
final class CrdFiles {

  private static final Pattern BARE_TRUTH = Pattern.compile("(?m)^( *- )(True|False)$");

  private CrdFiles() {}

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
