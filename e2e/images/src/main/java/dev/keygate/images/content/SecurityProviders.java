package dev.keygate.images.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The security providers that a linked runtime names: those that it has. jlink leaves the JDK's
 * whole list, and the JDK looks for each one that it has not on the class path, at the first
 * algorithm that nobody knows: that finds Bouncy Castle's provider, of whose 700 classes none can
 * be in an AOT cache and none is wanted.
 */
final class SecurityProviders {

  /** All in java.base. */
  private static final Set<String> KEPT = Set.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE");

  private static final Pattern ENTRY = Pattern.compile("security\\.provider\\.[0-9]+=(\\S+).*");

  private SecurityProviders() {}

  /**
   * Rewrites {@code java.security}.
   *
   * @throws IOException if it does not name all that are kept
   */
  static void keepOwn(Path file) throws IOException {
    Files.write(file, keepOwn(Files.readAllLines(file)));
  }

  static List<String> keepOwn(List<String> lines) throws IOException {
    List<String> kept = new ArrayList<>();
    int number = 0;
    for (String line : lines) {
      Matcher entry = ENTRY.matcher(line);
      if (!entry.matches()) {
        kept.add(line);
      } else if (KEPT.contains(entry.group(1))) {
        kept.add("security.provider." + ++number + "=" + entry.group(1));
      }
    }
    if (number != KEPT.size()) {
      throw new IOException(
          "expected the security providers " + KEPT + " in java.security, found " + number);
    }
    return kept;
  }
}
