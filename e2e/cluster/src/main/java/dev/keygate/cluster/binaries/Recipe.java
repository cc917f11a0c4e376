package dev.keygate.cluster.binaries;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Which versions of one set are wanted and how they are built. Builds of one recipe are the same,
 * so its hash keys the cache.
 */
final class Recipe {

  private static final String PROPERTIES = "recipe.properties";
  private static final int KEY_LENGTH = 16;

  private final BinarySet set;
  private final Map<String, String> texts;
  private final Properties properties = new Properties();

  private Recipe(BinarySet set, Map<String, String> texts) throws IOException {
    this.set = set;
    this.texts = texts;
    properties.load(new StringReader(texts.getOrDefault(PROPERTIES, "")));
  }

  static Recipe load(BinarySet set) {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, String> file : resources(set).entrySet()) {
        texts.put(file.getKey(), resource(file.getValue()));
      }
      return new Recipe(set, texts);
    } catch (IOException e) {
      throw new UncheckedIOException("the recipe is not in this jar", e);
    }
  }

  BinarySet set() {
    return set;
  }

  /** Sixteen hexadecimal digits that change with any byte of the recipe. */
  String key() {
    MessageDigest digest = Sha256.newDigest();
    for (Map.Entry<String, String> file : texts.entrySet()) {
      byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
      String header = file.getKey() + " " + bytes.length + "\n";
      digest.update(header.getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_LENGTH);
  }

  /** With its leading {@code v}. */
  String kubernetesVersion() {
    return property("kubernetes.version");
  }

  /** With its leading {@code v}; only the control plane has one. */
  String etcdVersion() {
    return property("etcd.version");
  }

  String goMinimum() {
    return property("go.minimum");
  }

  String goFlags(ClusterBinary binary) {
    @Nullable String tags = properties.getProperty(GoTarget.of(binary).flags() + ".tags");
    return property("go.flags") + (tags == null ? "" : " -tags=" + tags);
  }

  String linkerFlags(ClusterBinary binary) {
    return property(GoTarget.of(binary).flags() + ".ldflags");
  }

  /** Whether it is partly C. */
  boolean needsCompiler(ClusterBinary binary) {
    return properties.containsKey(GoTarget.of(binary).flags() + ".cgo");
  }

  /** Whether any of the set is partly C. */
  boolean needsCompiler() {
    return ClusterBinary.of(set).stream().anyMatch(this::needsCompiler);
  }

  /** Writes the Go modules that are built. */
  void writeModules(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : texts.entrySet()) {
      Path target = directory.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.getValue());
    }
  }

  /** The files of a set's modules, and the resource that each is a copy of. */
  private static Map<String, String> resources(BinarySet set) {
    Map<String, String> files = new LinkedHashMap<>();
    switch (set) {
      case CONTROL_PLANE -> {
        for (String file : List.of("go.mod", "go.sum", "tools.go", PROPERTIES)) {
          files.put(file, "recipe/" + file);
        }
      }
      case NODE -> {
        files.put(PROPERTIES, "node/" + PROPERTIES);
        files.put("kubernetes/go.mod", "recipe/go.mod");
        files.put("kubernetes/go.sum", "recipe/go.sum");
        for (String file :
            List.of(
                "pause/main.go",
                "probe/main.go",
                "probe/http.go",
                "probe/decrypt.go",
                "deviceplugin/main.go")) {
          files.put("kubernetes/programs/" + file, "node/programs/" + file);
        }
        for (String module : List.of("containerd", "runc", "cni")) {
          for (String file : List.of("go.mod", "go.sum", "tools.go")) {
            files.put(module + "/" + file, "node/" + module + "/" + file);
          }
        }
      }
    }
    return files;
  }

  private String property(String name) {
    @Nullable String value = properties.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("recipe.properties has no " + name);
    }
    return value;
  }

  private static String resource(String name) throws IOException {
    try (@Nullable InputStream in = Recipe.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
