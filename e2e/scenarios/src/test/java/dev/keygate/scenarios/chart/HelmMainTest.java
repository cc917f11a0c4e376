package dev.keygate.scenarios.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelmMainTest {

  private static final String CHART = KeygateChart.FOLDER.toString();

  private final StringWriter told = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "install",
        "install keygate --namespace=n --kubeconfig=k",
        "install keygate chart --namespace=n",
        "upgrade keygate chart --kubeconfig=k",
        "uninstall --namespace=n --kubeconfig=k",
        "uninstall keygate chart --namespace=n --kubeconfig=k",
        "install keygate chart --namespace=n --kubeconfig=k --value=f",
        "remove keygate"
      })
  void endsWithTwoWhenAskedWrongly(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(told.toString()).isNotBlank();
  }

  @Test
  void endsWithOneWhereNobodyAnswers(@TempDir Path folder) throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfig());

    int exitCode = run("install", "keygate", CHART, "--namespace=n", "--kubeconfig=" + kubeconfig);

    assertThat(exitCode).isEqualTo(1);
    assertThat(told.toString()).startsWith("helm: ").contains("127.0.0.1:1");
  }

  @Test
  void endsWithOneWithoutTheChart(@TempDir Path folder) throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfig());

    int exitCode =
        run("install", "keygate", folder + "/none", "--namespace=n", "--kubeconfig=" + kubeconfig);

    assertThat(exitCode).isEqualTo(1);
    assertThat(told.toString()).startsWith("helm: ").contains("none");
  }

  private int run(String... arguments) {
    return HelmMain.commandLine().setErr(new PrintWriter(told)).execute(arguments);
  }

  /** Of a port where nobody listens. */
  private static String kubeconfig() {
    return """
        apiVersion: v1
        kind: Config
        clusters: [{name: none, cluster: {server: 'https://127.0.0.1:1'}}]
        users: [{name: nobody, user: {token: none}}]
        contexts: [{name: none, context: {cluster: none, user: nobody}}]
        current-context: none
        """;
  }
}
