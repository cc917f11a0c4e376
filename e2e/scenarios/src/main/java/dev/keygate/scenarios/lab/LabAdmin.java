package dev.keygate.scenarios.lab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandPrefix;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The lab's admin endpoint, asked by curl: the lab may be in a network of its own, where this
 * process has no socket.
 */
final class LabAdmin {

  private static final Duration WITHIN = Duration.ofSeconds(15);

  private final CommandPrefix place;
  private final ChildProcesses children;
  private final String url;

  LabAdmin(CommandPrefix place, ChildProcesses children, String url) {
    this.place = place;
    this.children = children;
    this.url = url;
  }

  /** The answer's body; any status but 2xx is a surprise. */
  String call(String method, String path, JsonNode body) throws Surprise, InterruptedException {
    List<String> command =
        place.before(
            List.of(
                "curl",
                "--silent",
                "--show-error",
                "--fail-with-body",
                "--max-time",
                "10",
                "--request",
                method,
                "--header",
                "Content-Type: application/json",
                "--data-binary",
                "@-",
                url + path));
    try {
      CommandResult result = children.run(command, Map.of(), body.toString(), WITHIN);
      if (!result.isSuccess()) {
        throw new Surprise(
            "the lab's " + method + " " + path + ": " + result.stderr() + " " + result.stdout());
      }
      return result.stdout();
    } catch (ChildProcessException e) {
      throw new Surprise("the lab cannot be asked at " + url, e);
    }
  }
}
