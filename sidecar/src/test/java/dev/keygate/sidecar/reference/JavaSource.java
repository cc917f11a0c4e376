package dev.keygate.sidecar.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The comments of our own sources, which the classes do not hold. */
final class JavaSource {

  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "keygate", "sidecar");
  private static final Pattern INLINE = Pattern.compile("\\{@code\\s+([^}]*)\\}");
  private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)? [^ }]*#?([^} ]*)\\}");

  private JavaSource() {}

  static String read(String path) throws IOException {
    return Files.readString(SOURCES.resolve(path));
  }

  /** A comment as Markdown in one line. */
  static String markdown(String comment) {
    String text = comment.replaceAll("(?m)^\\s*\\* ?", " ").replaceAll("\\s+", " ").strip();
    text = INLINE.matcher(text).replaceAll("`$1`");
    return LINK.matcher(text).replaceAll("$1");
  }
}
