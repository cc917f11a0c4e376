package dev.keygate.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {

  private static final Map<String, Object> ALL =
      Map.of("kubeconfig", "/k", "address", "10.0.0.1", "node", "one");

  @TempDir private Path directory;

  @Test
  void everyNameIsFilled() throws Exception {
    Path file = ConfigFile.write("kube-proxy.yaml", directory.resolve("deep/file"), ALL);

    assertThat(file).content().contains("bindAddress: 10.0.0.1").doesNotContain("${");
  }

  @Test
  void valueThatIsNotAskedForIsAMistake() {
    Map<String, Object> more =
        Map.of("kubeconfig", "/k", "address", "10.0.0.1", "node", "one", "other", "x");

    assertThatThrownBy(() -> ConfigFile.write("kube-proxy.yaml", directory.resolve("f"), more))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nameThatIsNotFilledIsAMistake() {
    assertThatThrownBy(
            () ->
                ConfigFile.write(
                    "kube-proxy.yaml", directory.resolve("f"), Map.of("kubeconfig", "/k")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(directory.resolve("f")).doesNotExist();
  }

  @Test
  void absentTemplateIsAMistake() {
    assertThatThrownBy(() -> ConfigFile.write("no.yaml", directory.resolve("f"), ALL))
        .isInstanceOf(IllegalStateException.class);
  }
}
