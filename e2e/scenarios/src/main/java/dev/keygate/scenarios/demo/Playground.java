package dev.keygate.scenarios.demo;

import dev.keygate.scenarios.story.Story;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The stage with the operator on it and nothing told yet: for whoever wants to try things. */
final class Playground {

  private static final Duration TOKENS_RENEWED_EVERY = Duration.ofMinutes(4);

  private final Stage stage;
  private final Path environment;

  private Playground(Stage stage, Path environment) {
    this.stage = stage;
    this.environment = environment;
  }

  /** Installs the operator, and the namespace and service account of the examples. */
  static Playground set(Stage stage, Story story) throws Surprise, InterruptedException {
    story.step(
        "the operator is installed and started",
        () -> {
          stage.installWithAccounts();
          OperatorProcess.start(stage);
          return "it sees no policy and no key yet";
        });
    return new Playground(stage, writeEnvironment(stage));
  }

  /** What a shell sources to get at it: kubectl, the lab's admin endpoint, a vault by hand. */
  Path environment() {
    return environment;
  }

  /** Renews tokens, as a kubelet would, until the thread is interrupted. */
  void stay() throws Surprise, InterruptedException {
    while (true) {
      stage.time().sleep(TOKENS_RENEWED_EVERY);
      stage.renewTokens();
    }
  }

  private static Path writeEnvironment(Stage stage) throws Surprise {
    String text =
        String.format(
            Locale.ROOT,
            """
            export KUBECONFIG=%s KUBERC=off LAB=%s
            kubectl() { %s "$@"; }
            # vault METHOD PATH [BODY]: asks the vault as the operator's identity may.
            vault() {
              curl --silent --show-error --proxy http://%s --cacert %s/tls-root.pem --request "$1" \\
                --header "Authorization: Bearer $(curl --silent --request POST "$LAB/tokens/operator")" \\
                --header 'Content-Type: application/json' ${3:+--data "$3"} \\
                "https://contoso.vault.azure.net$2?api-version=7.4"
            }
            """,
            stage.cluster().adminKubeconfig(),
            stage.lab().adminUrl(),
            stage.kubectlFile(),
            stage.lab().proxy(),
            stage.lab().trustRoots());
    try {
      return Files.writeString(stage.folder().resolve("environment.sh"), text);
    } catch (IOException e) {
      throw new Surprise("the environment cannot be written: " + e.getMessage(), e);
    }
  }
}
