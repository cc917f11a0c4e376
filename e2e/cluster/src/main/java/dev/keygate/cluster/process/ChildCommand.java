package dev.keygate.cluster.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a child that keeps running.
 *
 * @param name for messages and tables, such as {@code etcd}
 * @param command the executable and its arguments
 * @param environment added to, or replacing, what this process has
 * @param log receives stdout and stderr, appended; its folder is the child's working directory
 */
public record ChildCommand(
    String name, List<String> command, Map<String, String> environment, Path log) {

  public ChildCommand {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    log = log.toAbsolutePath();
    if (command.isEmpty()) {
      throw new IllegalArgumentException(name + " has no command");
    }
  }

  /** A child with this process's own environment. */
  public static ChildCommand of(String name, List<String> command, Path log) {
    return new ChildCommand(name, command, Map.of(), log);
  }

  /** Leaves out the arguments and the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "ChildCommand[" + name + ", log=" + log + "]";
  }
}
