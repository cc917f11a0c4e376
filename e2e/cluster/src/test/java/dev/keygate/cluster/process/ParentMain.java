package dev.keygate.cluster.process;

import dev.keygate.azure.time.SystemTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that starts a child, prints the child's number, and waits to be ended. */
final class ParentMain {

  private ParentMain() {}

  public static void main(String[] arguments) throws Exception {
    ChildProcesses children = ChildProcesses.open(new SystemTime());
    ChildProcess child =
        children.start(ChildCommand.of("child", List.of("sleep", "300"), Path.of(arguments[0])));
    System.out.println("child " + child.pid());
    child.awaitExit(Duration.ofMinutes(5));
  }
}
