package dev.keygate.endpoint;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits {@code https://host[/path]}; credentials, ports, queries and fragments do not fit. */
record HttpsOrigin(String hostName, String path) {

  /** RFC 1035: labels of 1 to 63 letters, digits and inner hyphens. */
  static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

  private static final int LONGEST_URL = 512;
  private static final Pattern FORMAT =
      Pattern.compile(
          "https://(" + LABEL + "(?:\\." + LABEL + ")+)(/[a-z0-9/-]*)?", Pattern.CASE_INSENSITIVE);

  static Optional<HttpsOrigin> parse(String url) {
    if (url.length() > LONGEST_URL) {
      return Optional.empty();
    }
    Matcher matcher = FORMAT.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String path = matcher.group(2);
    return Optional.of(
        new HttpsOrigin(matcher.group(1).toLowerCase(Locale.ROOT), path == null ? "" : path));
  }

  boolean hasNoPath() {
    return path.isEmpty() || path.equals("/");
  }
}
