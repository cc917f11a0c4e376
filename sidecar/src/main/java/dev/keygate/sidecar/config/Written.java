package dev.keygate.sidecar.config;

import dev.keygate.failure.RefusedException;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads values as people write them; every refusal names the key. */
final class Written {

  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m)");
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int LARGEST_PORT = 65_535;

  private Written() {}

  static Optional<String> text(Optional<String> written) {
    return written.map(String::strip).filter(text -> !text.isEmpty());
  }

  static int port(String key, String text) throws RefusedException {
    if (text.strip().matches("[0-9]{1,5}")) {
      int port = Integer.parseInt(text.strip());
      if (port >= 1 && port <= LARGEST_PORT) {
        return port;
      }
    }
    throw Refusal.of(key, "a port from 1 to 65535", text);
  }

  /** No name: nothing is looked up to decide where to listen. */
  static InetAddress literalAddress(String key, String text) throws RefusedException {
    try {
      return InetAddress.ofLiteral(text.strip());
    } catch (IllegalArgumentException notLiteral) {
      throw Refusal.of(key, "a literal address, such as 0.0.0.0 or 127.0.0.1", text);
    }
  }

  static Path absolutePath(String key, String text) throws RefusedException {
    try {
      Path path = Path.of(text.strip());
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException notPath) {
      // Said below, like a path that is not absolute.
    }
    throw Refusal.of(key, "an absolute path", text);
  }

  static Optional<Path> optionalPath(String key, Optional<String> written) throws RefusedException {
    Optional<String> text = text(written);
    return text.isPresent() ? Optional.of(absolutePath(key, text.get())) : Optional.empty();
  }

  static Duration duration(String key, String text) throws RefusedException {
    Matcher matcher = DURATION.matcher(text.strip());
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
          };
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    throw Refusal.of(key, "a number and a unit of ms, s or m, at most 10m", text);
  }

  static <E extends Enum<E>> E choice(String key, Class<E> type, String text)
      throws RefusedException {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> spelling(constant).equals(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.of(
                    key,
                    Arrays.stream(type.getEnumConstants())
                        .map(Written::spelling)
                        .collect(Collectors.joining(" or ")),
                    text));
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
