package dev.keygate.images.rootfs;

import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** By what right this process may enter a file system of another kind than its own. */
public enum Privilege {
  /** It is root. */
  ROOT,
  /** It is root in a user namespace of its own. */
  USER_NAMESPACE;

  private static final Duration WITHIN = Duration.ofSeconds(10);

  /** The program that gives its command a mount namespace; it becomes that command. */
  List<String> unshare() {
    return switch (this) {
      case ROOT -> List.of("unshare", "--mount", "--propagation=private");
      case USER_NAMESPACE ->
          List.of("unshare", "--map-root-user", "--mount", "--propagation=private");
    };
  }

  /** The first that this machine grants. */
  public static Optional<Privilege> find(ChildProcesses children) throws InterruptedException {
    for (Privilege privilege : values()) {
      List<String> attempt = new ArrayList<>(privilege.unshare());
      attempt.addAll(List.of("--", "chroot", "/", "true"));
      try {
        if (children.run(attempt, Map.of(), "", WITHIN).isSuccess()) {
          return Optional.of(privilege);
        }
      } catch (ChildProcessException _) {
        // There is no unshare here; the next way needs it too, and is refused as quickly.
      }
    }
    return Optional.empty();
  }
}
