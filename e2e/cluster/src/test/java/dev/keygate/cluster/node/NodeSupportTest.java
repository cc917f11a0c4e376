package dev.keygate.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.process.ChildProcesses;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine where nothing else is in the way, the executables are. */
class NodeSupportTest {

  @TempDir private Path directory;
  private final ChildProcesses children = ChildProcesses.open(new SystemTime());

  @AfterEach
  void stopAll() {
    children.close();
  }

  @Test
  void namedFolderWithoutExecutablesIsInTheWay() throws Exception {
    String folder = directory.resolve("none").toString();

    assertThat(support(Map.of("KEYGATE_K8S_BIN", folder)).obstacle()).isPresent();
    assertThat(support(Map.of("KEYGATE_K8S_BIN", folder)).reasonToSkip())
        .hasValueSatisfying(reason -> assertThat(reason).startsWith("skipped: "));
  }

  @Test
  void nothingIsSkippedWhereNobodyWatches() {
    Map<String, String> environment =
        Map.of("KEYGATE_K8S_BIN", directory.resolve("none").toString(), "CI", "true");

    assertThatThrownBy(() -> support(environment).reasonToSkip())
        .isInstanceOf(IllegalStateException.class);
  }

  private NodeSupport support(Map<String, String> environment) {
    return new NodeSupport(
        BinaryOptions.from(environment), directory.resolve("clusters"), children);
  }
}
