package dev.keygate.cluster.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Words that are put before a command to bring it where it should run, such as {@code nsenter} and
 * its arguments.
 *
 * @param words empty for a command that runs here
 */
public record CommandPrefix(List<String> words) {

  public CommandPrefix {
    words = List.copyOf(words);
  }

  /** Commands run here. */
  public static CommandPrefix none() {
    return new CommandPrefix(List.of());
  }

  /** The whole command line. */
  public List<String> before(List<String> command) {
    List<String> line = new ArrayList<>(words);
    line.addAll(command);
    return List.copyOf(line);
  }

  /** The same child in that place. */
  public ChildCommand before(ChildCommand child) {
    return new ChildCommand(
        child.name(), before(child.command()), child.environment(), child.log());
  }
}
