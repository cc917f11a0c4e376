package dev.keygate.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server takes and refuses, by the kinds' rules and the operator's role. */
class AdmissionIT {

  private static final Path MANIFESTS =
      Path.of("..", "crds", "src", "test", "resources", "manifests");

  private static Installation installation;

  @BeforeAll
  static void start() {
    installation = Installation.shared();
  }

  static List<Path> valid() throws IOException {
    return files("valid-");
  }

  static List<Path> invalid() throws IOException {
    return files("invalid-");
  }

  static List<Path> transitions() throws IOException {
    try (Stream<Path> folders = Files.list(MANIFESTS.resolve("exportablekey-transitions"))) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void takesValidManifest(Path file) throws Exception {
    CommandResult result = dryRun(file);

    assertThat(result.isSuccess()).as(result.stderr()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refusesInvalidManifestAndSaysWhere(Path file) throws Exception {
    CommandResult result = dryRun(file);

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.stderr()).contains(expected(file));
  }

  @ParameterizedTest
  @MethodSource("transitions")
  void refusesChangeOfWhatCannotChange(Path folder) throws Exception {
    Path before = folder.resolve("before.yaml");
    Path after = folder.resolve("after.yaml");
    installation.kubectl().require("apply", "--namespace=default", "-f", before.toString());
    try {
      CommandResult result = dryRun(after);

      assertThat(result.isSuccess()).isFalse();
      assertThat(result.stderr()).contains(expected(after));
    } finally {
      installation.kubectl().require("delete", "--namespace=default", "-f", before.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "get, secrets, no",
    "list, secrets, no",
    "create, secrets, no",
    "delete, configmaps, no",
    "update, configmaps, no",
    "create, pods, no",
    "get, pods, no",
    "create, exportablekeys.keygate.dev, no",
    "delete, exportablekeys.keygate.dev, no",
    "update, exportablekeys.keygate.dev, no",
    "patch, releasepolicies.keygate.dev, no",
    "create, serviceaccounts/token, no",
    "impersonate, users, no",
    "patch, clusterroles.rbac.authorization.k8s.io, no",
    "patch, configmaps, yes",
    "create, serviceaccounts, no",
    "update, serviceaccounts, no",
    "list, mutatingwebhookconfigurations.admissionregistration.k8s.io, no",
    "update, mutatingwebhookconfigurations.admissionregistration.k8s.io, no",
    "patch, mutatingwebhookconfigurations.admissionregistration.k8s.io, no",
    "patch, mutatingwebhookconfigurations.admissionregistration.k8s.io/others, no",
    "patch, mutatingwebhookconfigurations.admissionregistration.k8s.io/keygate-injection, yes",
    "watch, serviceaccounts, yes",
    "get, leases.coordination.k8s.io, no",
    "create, leases.coordination.k8s.io, no",
    "watch, exportablekeys.keygate.dev, yes",
    "patch, exportablekeys.keygate.dev/status, yes",
  })
  void operatorsRoleAllowsWhatItNeedsAndNoMore(String verb, String resource, String allowed)
      throws Exception {
    CommandResult result =
        installation.kubectlAsOperator().run("auth", "can-i", verb, resource, "--all-namespaces");

    assertThat(result.stdout().strip()).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "get, secrets, no",
    "list, secrets, no",
    "watch, secrets, no",
    "create, secrets, no",
    "get, secrets/others, no",
    "delete, secrets/keygate-webhook-tls, no",
    "patch, secrets/keygate-webhook-tls, no",
    "get, secrets/keygate-webhook-tls, yes",
    "update, secrets/keygate-webhook-tls, yes",
    "patch, leases.coordination.k8s.io/keygate-operator, yes",
    "patch, leases.coordination.k8s.io/others, no",
    "delete, leases.coordination.k8s.io/keygate-operator, no",
    "list, leases.coordination.k8s.io, no",
  })
  void operatorsRoleReachesOneSecretAndOneLeaseOfItsOwnNamespace(
      String verb, String resource, String allowed) throws Exception {
    CommandResult result =
        installation
            .kubectlAsOperator()
            .run("auth", "can-i", verb, resource, "--namespace=keygate-system");

    assertThat(result.stdout().strip()).isEqualTo(allowed);
  }

  private static CommandResult dryRun(Path file) throws Exception {
    return installation
        .kubectl()
        .run("apply", "--dry-run=server", "--namespace=default", "-f", file.toString());
  }

  /** The first line of an invalid manifest is a comment: what the refusal says. */
  private static String expected(Path file) throws IOException {
    return Files.readAllLines(file).getFirst().replaceFirst("^# ", "").strip();
  }

  private static List<Path> files(String prefix) throws IOException {
    try (Stream<Path> paths = Files.walk(MANIFESTS, 2)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> String.valueOf(path.getFileName()).startsWith(prefix))
          .sorted()
          .toList();
    }
  }
}
