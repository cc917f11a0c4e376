package dev.keygate.images.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An archive as {@code docker save} writes it, read back.
 *
 * @param file the tar
 * @param configuration the image's configuration, as it stands
 * @param reference what it is imported as
 * @param layers names of the layers' files in the tar, lowest first
 */
public record ImageArchive(
    Path file, JsonNode configuration, String reference, List<String> layers) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long MAX_JSON_BYTES = 1 << 20;

  public ImageArchive {
    layers = List.copyOf(layers);
  }

  /**
   * Reads what the archive says of itself.
   *
   * @throws IOException if it is none, or holds more or less than one image
   */
  public static ImageArchive read(Path file) throws IOException {
    Map<String, JsonNode> documents = new LinkedHashMap<>();
    forEachEntry(
        file,
        (entry, in) -> {
          if (entry.getName().endsWith(".json") && entry.getSize() <= MAX_JSON_BYTES) {
            documents.put(entry.getName(), JSON.readTree(in.readAllBytes()));
          }
        });
    JsonNode manifest = documents.getOrDefault("manifest.json", JSON.createArrayNode());
    JsonNode image = manifest.path(0);
    JsonNode configuration = documents.get(image.path("Config").asText());
    if (manifest.size() != 1 || configuration == null || image.path("RepoTags").isEmpty()) {
      throw new IOException("expected an archive of one named image in " + file);
    }
    List<String> layers = new ArrayList<>();
    image.path("Layers").forEach(layer -> layers.add(layer.asText()));
    return new ImageArchive(file, configuration, image.path("RepoTags").path(0).asText(), layers);
  }

  /** The digests of the unpacked layers, lowest first. */
  public List<String> layerDigests() {
    List<String> digests = new ArrayList<>();
    configuration.path("rootfs").path("diff_ids").forEach(each -> digests.add(each.asText()));
    return digests;
  }

  /** The labels. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    configuration
        .path("config")
        .path("Labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
    return labels;
  }

  /** The command that a container of it starts. */
  public List<String> entrypoint() {
    List<String> words = new ArrayList<>();
    configuration.path("config").path("Entrypoint").forEach(word -> words.add(word.asText()));
    return words;
  }

  /** The environment of that command, {@code NAME=value}. */
  public List<String> environment() {
    List<String> variables = new ArrayList<>();
    configuration.path("config").path("Env").forEach(each -> variables.add(each.asText()));
    return variables;
  }

  /** Receives a layer's entry with its content. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes the next entry; the stream ends with its content. */
    void visit(TarArchiveEntry entry, InputStream content) throws IOException;
  }

  /** Visits the entries of all layers, the lowest layer first. */
  public void forEachFile(Visitor visitor) throws IOException {
    for (String layer : layers) {
      forEachFile(layer, visitor);
    }
  }

  /** Visits the entries of one layer. */
  public void forEachFile(String layer, Visitor visitor) throws IOException {
    forEachEntry(
        file,
        (entry, in) -> {
          if (entry.getName().equals(layer)) {
            forEachEntry(unpacked(in), visitor);
          }
        });
  }

  private static InputStream unpacked(InputStream layer) throws IOException {
    BufferedInputStream in = new BufferedInputStream(layer, 1 << 16);
    in.mark(2);
    boolean isPacked = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return isPacked ? new GZIPInputStream(in, 1 << 16) : in;
  }

  private static void forEachEntry(Path tar, Visitor visitor) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(tar), 1 << 16)) {
      forEachEntry(in, visitor);
    }
  }

  /** Leaves the stream open: it may be the content of an entry of another one. */
  private static void forEachEntry(InputStream in, Visitor visitor) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      visitor.visit(entry, tar);
    }
  }
}
