package dev.keygate.images.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A layer: what it is called and what is in it, in the order of paths.
 *
 * @param name for the image's history
 * @param entries sorted here
 */
public record ImageLayer(String name, List<ImageEntry> entries) {

  public ImageLayer {
    entries = entries.stream().sorted(Comparator.comparing(ImageEntry::path)).toList();
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("the layer " + name + " is empty");
    }
  }

  /** All files below a folder, at the same relative places below a folder of the image. */
  static List<ImageEntry> below(Path folder, String at, Predicate<Path> isWanted)
      throws IOException {
    List<ImageEntry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path relative = folder.relativize(file);
        if (isWanted.test(relative)) {
          entries.add(ImageEntry.of(at + "/" + relative, file));
        }
      }
    }
    return entries;
  }

  /** Adds everything that the layer's bytes depend on. */
  void addTo(MessageDigest digest) throws IOException {
    add(digest, name);
    for (ImageEntry entry : entries) {
      add(digest, entry.path() + " " + entry.mode());
      if (Files.isRegularFile(entry.source())) {
        digest.update(Sha256.of(entry.source()));
      }
    }
  }

  private static void add(MessageDigest digest, String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
