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
 * Which versions are wanted and how they are built: the files of the {@code recipe} resource
 * folder. Builds of one recipe are byte-identical, so its hash keys the cache.
 */
final class Recipe {

  private static final List<String> FILES =
      List.of("go.mod", "go.sum", "tools.go", "recipe.properties");
  private static final int KEY_LENGTH = 16;

  private final Map<String, String> texts;
  private final Properties properties = new Properties();

  private Recipe(Map<String, String> texts) throws IOException {
    this.texts = texts;
    properties.load(new StringReader(texts.getOrDefault("recipe.properties", "")));
  }

  static Recipe load() {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      for (String file : FILES) {
        texts.put(file, resource(file));
      }
      return new Recipe(texts);
    } catch (IOException e) {
      throw new UncheckedIOException("the recipe is not in this jar", e);
    }
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

  /** With its leading {@code v}. */
  String etcdVersion() {
    return property("etcd.version");
  }

  String goMinimum() {
    return property("go.minimum");
  }

  String goFlags() {
    return property("go.flags");
  }

  String linkerFlags(ClusterBinary binary) {
    return property(binary == ClusterBinary.ETCD ? "etcd.ldflags" : "kubernetes.ldflags");
  }

  /** Writes the Go module that is built. */
  void writeModule(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : texts.entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
  }

  private String property(String name) {
    @Nullable String value = properties.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("recipe.properties has no " + name);
    }
    return value;
  }

  private static String resource(String name) throws IOException {
    try (@Nullable InputStream in = Recipe.class.getResourceAsStream("recipe/" + name)) {
      if (in == null) {
        throw new IOException("no resource recipe/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
