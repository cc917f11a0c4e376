package dev.keygate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.azure.time.SystemTime;
import dev.keygate.cluster.binaries.BinaryOptions;
import dev.keygate.cluster.binaries.ClusterBinaries;
import dev.keygate.cluster.binaries.ClusterBinary;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.ChildProcesses;
import dev.keygate.cluster.process.CommandResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesControlPlaneIT {

  @TempDir(factory = InTarget.class)
  private static Path directory;

  private static ChildProcesses children;
  private static ClusterBinaries binaries;
  private static KubernetesControlPlane cluster;

  @BeforeAll
  static void startOneForAll() throws Exception {
    children = ChildProcesses.open(new SystemTime());
    binaries =
        ClusterBinaries.obtain(
            BinaryOptions.from(System.getenv()),
            children,
            line -> System.out.println("keygate: " + line));
    cluster = KubernetesControlPlane.start(binaries, directory, children);
  }

  @AfterAll
  static void stopAll() {
    children.close();
  }

  @Test
  void theAdministratorMayDoEverything() throws Exception {
    assertThat(cluster.kubectl("auth", "can-i", "*", "*").stdout()).startsWith("yes");
  }

  @Test
  void takesObjectsFromStandardInput() throws Exception {
    CommandResult applied =
        cluster
            .kubectl()
            .runWithInput(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: default}}",
                "apply",
                "--server-side",
                "-f",
                "-");

    assertThat(applied.exitCode()).as(applied.stderr()).isZero();
    assertThat(cluster.kubectl().require("get", "configmap", "one", "--output=name"))
        .isEqualTo("configmap/one\n");
  }

  @Test
  void serviceAccountMayDoOnlyWhatRolesAllow() throws Exception {
    Kubectl account = cluster.kubectl().as(cluster.kubeconfigFor("default", "default"));

    assertThat(account.run("auth", "whoami", "--output=jsonpath={.status.userInfo.username}"))
        .returns("system:serviceaccount:default:default", CommandResult::stdout);
    assertThat(account.run("get", "secrets")).returns(1, CommandResult::exitCode);
    assertThatThrownBy(() -> account.require("get", "secrets")).isInstanceOf(IOException.class);
  }

  @Test
  void discoveryIsReadableByAnyoneAndNothingElseIs() throws Exception {
    HttpResponse<String> metadata = getAnonymously("/.well-known/openid-configuration");

    assertThat(metadata.statusCode()).isEqualTo(200);
    assertThat(metadata.body())
        .contains("\"issuer\":\"" + cluster.issuer() + "\"")
        .contains("\"jwks_uri\":\"" + cluster.issuer() + "/openid/v1/jwks\"");
    assertThat(getAnonymously("/openid/v1/jwks").statusCode()).isEqualTo(200);
    assertThat(getAnonymously("/version").statusCode()).isEqualTo(401);
    assertThat(getAnonymously("/api/v1/namespaces").statusCode()).isEqualTo(401);
  }

  @Test
  void tokenHasTheIssuerAndTheOneAudience() throws Exception {
    ServiceAccountToken token =
        cluster.requestToken(
            "default", "default", "api://AzureADTokenExchange", Duration.ofMinutes(10));

    String claims =
        new String(
            Base64.getUrlDecoder().decode(token.compact().split("\\.", -1)[1]),
            StandardCharsets.UTF_8);
    assertThat(claims)
        .contains("\"iss\":\"" + cluster.issuer() + "\"")
        .contains("\"aud\":[\"api://AzureADTokenExchange\"]")
        .contains("\"sub\":\"system:serviceaccount:default:default\"");
    assertThat(token.toString()).doesNotContain(token.compact());
  }

  @Test
  void tokenOfAnUnknownServiceAccountIsRefused() {
    assertThatThrownBy(() -> cluster.requestToken("default", "nobody", "a", Duration.ofMinutes(10)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void tellsTheMemoryOfItsProcesses() throws Exception {
    assertThat(cluster.processes())
        .extracting(ChildProcess::name)
        .containsExactly("etcd", "kube-apiserver", "kube-controller-manager");
    for (ChildProcess process : cluster.processes()) {
      assertThat(process.memory().currentBytes()).isBetween(1L, process.memory().peakBytes());
    }
  }

  @Test
  void secondOneRunsBesideTheFirstAndLeavesNoProcess() throws Exception {
    List<ChildProcess> processes;
    try (KubernetesControlPlane second =
        KubernetesControlPlane.start(binaries, directory, children)) {
      processes = second.processes();
      assertThat(second.issuer()).isNotEqualTo(cluster.issuer());
    }

    assertThat(processes).hasSize(3).noneMatch(ChildProcess::isAlive);
    assertThat(processes).noneMatch(process -> ProcessHandle.of(process.pid()).isPresent());
  }

  @Test
  void triesOtherPortsWhenOneIsTaken() throws Exception {
    ControlPlanePorts free = ControlPlanePorts.pickOnLoopback();
    int taken = URI.create(cluster.issuer()).getPort();
    Deque<ControlPlanePorts> picks =
        new ArrayDeque<>(
            List.of(
                new ControlPlanePorts(taken, free.apiServer()),
                ControlPlanePorts.pickOnLoopback()));

    try (KubernetesControlPlane second =
        KubernetesControlPlane.start(binaries, directory, children, picks::pop)) {
      assertThat(second.processes()).allMatch(ChildProcess::isAlive);
    }
    assertThat(picks).isEmpty();
  }

  @Test
  void partThatCannotStartIsReportedWithItsLog() throws Exception {
    Path broken = Files.createDirectories(directory.resolve("broken"));
    for (ClusterBinary binary : ClusterBinary.values()) {
      Path file = broken.resolve(binary.fileName());
      Files.createDirectories(file.getParent());
      Files.writeString(file, "#!/bin/sh\necho no space left\nexit 5\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    assertThatThrownBy(
            () -> KubernetesControlPlane.start(ClusterBinaries.in(broken), directory, children))
        .isInstanceOf(ChildProcessException.class)
        .hasMessageContaining("no space left");
  }

  private static HttpResponse<String> getAnonymously(String path) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(ApiServerTrust.of(cluster.caCertificate())).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(cluster.issuer() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
