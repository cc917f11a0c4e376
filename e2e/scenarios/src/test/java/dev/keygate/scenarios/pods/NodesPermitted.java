package dev.keygate.scenarios.pods;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.node.NodeSupport;
import dev.keygate.cluster.process.ChildProcesses;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Real nodes need what not every machine permits; in CI the lack of it is a failure. */
final class NodesPermitted implements ExecutionCondition {

  private static final class Holder {
    static final Optional<String> REASON = ask();

    private static Optional<String> ask() {
      try (ChildProcesses children = ChildProcesses.open(new SystemTime())) {
        return new NodeSupport(
                BinaryOptions.from(System.getenv()), Path.of("target").toAbsolutePath(), children)
            .reasonToSkip();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Holder.REASON
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("this machine permits nodes"));
  }
}
