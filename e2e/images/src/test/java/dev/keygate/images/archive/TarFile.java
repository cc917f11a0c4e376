package dev.keygate.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.keygate.evidence.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** An image archive written by hand, entry by entry. */
final class TarFile {

  private record Entry(TarArchiveEntry header, Bytes content) {}

  private final Path folder;
  private final List<List<Entry>> layers = new ArrayList<>();

  TarFile(Path folder) {
    this.folder = folder;
    layers.add(new ArrayList<>());
  }

  TarFile file(String name, String content, int mode) {
    TarArchiveEntry header = new TarArchiveEntry(name, true);
    header.setMode(mode);
    return entry(header, content);
  }

  TarFile entry(TarArchiveEntry header, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    header.setLastModifiedTime(FileTime.from(Instant.EPOCH.plusSeconds(1)));
    header.setSize(bytes.length);
    layers.getLast().add(new Entry(header, Bytes.copyOf(bytes)));
    return this;
  }

  /** What follows is in the next higher layer. */
  TarFile layer() {
    layers.add(new ArrayList<>());
    return this;
  }

  Path image() throws IOException {
    return write("\"keygate.dev/test:1\"");
  }

  /** An archive that says no name. */
  Path unnamed() throws IOException {
    return write("");
  }

  private Path write(String tags) throws IOException {
    String names =
        IntStream.range(0, layers.size())
            .mapToObj(number -> "\"" + number + ".tar\"")
            .collect(Collectors.joining(","));
    List<Entry> whole = new ArrayList<>();
    for (int number = 0; number < layers.size(); number++) {
      whole.add(plain(number + ".tar", pack(layers.get(number))));
    }
    whole.add(plain("config.json", "{}".getBytes(UTF_8)));
    String manifest =
        "[{\"Config\":\"config.json\",\"RepoTags\":[%s],\"Layers\":[%s]}]".formatted(tags, names);
    whole.add(plain("manifest.json", manifest.getBytes(UTF_8)));
    return Files.write(folder.resolve("image.tar"), pack(whole));
  }

  private static Entry plain(String name, byte[] content) {
    TarArchiveEntry header = new TarArchiveEntry(name);
    header.setSize(content.length);
    return new Entry(header, Bytes.copyOf(content));
  }

  private static byte[] pack(List<Entry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Entry entry : entries) {
        tar.putArchiveEntry(entry.header());
        tar.write(entry.content().toArray());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
