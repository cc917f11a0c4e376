package dev.keygate.cluster.binaries;

import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a Go that is new enough. */
final class GoToolchain {

  private static final Pattern VERSION = Pattern.compile("go version go(\\d+)\\.(\\d+)\\b.*");
  private static final Duration VERSION_WITHIN = Duration.ofSeconds(30);

  private GoToolchain() {}

  /**
   * The {@code go} of the user's {@code PATH}, else the one of the official installation.
   *
   * @param minimum such as {@code 1.26}
   * @throws IOException if there is none, or only an older one
   */
  static Path find(BinaryOptions options, String minimum, ChildProcesses children)
      throws IOException, InterruptedException {
    Path go =
        options
            .executable("go", "/usr/local/go/bin")
            .orElseThrow(() -> new IOException("Go " + minimum + " or newer is not installed"));
    CommandResult answer =
        children.run(
            List.of(go.toString(), "version"), Map.of("GOTOOLCHAIN", "local"), "", VERSION_WITHIN);
    if (!answer.isSuccess() || !isAtLeast(minimum, answer.stdout().strip())) {
      throw new IOException(go + " is not Go " + minimum + " or newer: " + answer.firstLine());
    }
    return go;
  }

  static boolean isAtLeast(String minimum, String answer) {
    Matcher found = VERSION.matcher(answer);
    Matcher wanted = VERSION.matcher("go version go" + minimum);
    if (!found.matches() || !wanted.matches()) {
      return false;
    }
    int major = Integer.compare(number(found, 1), number(wanted, 1));
    return major > 0 || (major == 0 && number(found, 2) >= number(wanted, 2));
  }

  private static int number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }
}
