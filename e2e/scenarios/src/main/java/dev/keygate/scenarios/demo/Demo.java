package dev.keygate.scenarios.demo;

import dev.keygate.azure.http.AzureNetwork;
import dev.keygate.cluster.process.ChildProcess;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.scenarios.lab.LabProcess;
import dev.keygate.scenarios.lab.OrderDesk;
import dev.keygate.scenarios.orders.OrdersApp;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Story;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The story: a key and its policy, a release, three refusals, a repair. */
final class Demo {

  /** The key of the examples. */
  static final String KEY = "https://contoso.vault.azure.net/keys/orders";

  private static final String HEALTHY = "cvm-1";
  private static final String TAMPERED = "cvm-2";
  private static final String DEBUGGED = "cvm-debug";
  private static final int BOOT_LOADER_PCR = 4;
  private static final String ORDER = "order 4711: 3 × espresso machine, ship to Trieste";
  private static final String IN_NAMESPACE = "--namespace=" + Stage.NAMESPACE;

  private final Stage stage;
  private final Story story;
  private final GrantMount grants;

  Demo(Stage stage, Story story) {
    this.stage = stage;
    this.story = story;
    this.grants =
        new GrantMount(stage.kubectl(), Stage.NAMESPACE, stage.folder().resolve("grants"));
  }

  /** Tells all of it. */
  void tell() throws Surprise, InterruptedException {
    story.chapter("A key and its policy");
    install();
    declare();
    story.chapter("A confidential VM proves itself and gets the key");
    SidecarProcess sidecar = release("sidecar");
    decrypt(sidecar);
    story.chapter("Who refuses, and why");
    refuseDebugging();
    refuseChangedPcr();
    refuseByPolicy();
    story.chapter("The policy is repaired");
    repair();
    story.close(stage.figures());
  }

  private void install() throws Surprise, InterruptedException {
    story.step(
        "kubectl apply -f deploy/crds -f deploy/install",
        () -> {
          stage.install();
          return "two kinds, a role that may create keys and cannot release";
        });
    story.step(
        "kubectl apply -f deploy/examples/orders",
        () -> {
          stage.kubectl("apply", "-f", stage.artefacts().examples().toString());
          stage.federate();
          return "ReleasePolicy cvm-production, ExportableKey orders, ServiceAccount orders-api";
        });
    story.step(
        "the operator starts",
        () -> {
          ChildProcess operator = OperatorProcess.start(stage);
          return "ready, as service account keygate-operator (pid " + operator.pid() + ")";
        });
  }

  private void declare() throws Surprise, InterruptedException {
    story.step(
        "the operator creates the key",
        () -> {
          stage.kubectl(
              "wait", "expkey/orders", "--for=condition=Ready", "--timeout=30s", IN_NAMESPACE);
          return stage.kubectl(
              "get", "expkey", "orders", IN_NAMESPACE, "-o=jsonpath={.status.keyId}");
        });
  }

  private SidecarProcess release(String name) throws Surprise, InterruptedException {
    grants.sync("orders");
    SidecarProcess[] started = new SidecarProcess[1];
    story.step(
        "the sidecar on " + HEALTHY + " attests, the vault releases, the sidecar serves",
        () -> {
          started[0] = SidecarProcess.start(stage, name, HEALTHY, grants.directory());
          started[0].awaitServed();
          return "orders at " + started[0].api();
        });
    return started[0];
  }

  private void decrypt(SidecarProcess sidecar) throws Surprise, InterruptedException {
    story.step(
        "the app decrypts an order with the released key",
        () -> {
          String plaintext = runApp(sidecar, encryptedOrder());
          if (!plaintext.equals(ORDER)) {
            throw new Surprise("expected '" + ORDER + "', found '" + plaintext + "'");
          }
          return "'" + plaintext + "'";
        });
  }

  private Path encryptedOrder() throws Surprise, InterruptedException {
    LabProcess lab = stage.lab();
    try {
      AzureNetwork network =
          AzureNetwork.lab(
              lab.trustRoots().resolve("tls-root.pem"),
              lab.proxyAddress(),
              lab.machine(HEALTHY).imds());
      String order =
          new OrderDesk(network, lab.clientId(HEALTHY), stage.time())
              .encrypt(ORDER, URI.create(KEY));
      return Files.writeString(stage.folder().resolve("order.jwe"), order);
    } catch (RefusedException | IOException e) {
      throw new Surprise("the order cannot be written: " + e.getMessage(), e);
    }
  }

  private String runApp(SidecarProcess sidecar, Path order) throws Surprise, InterruptedException {
    JavaProcess app =
        JavaProcess.of("orders-app", stage.artefacts().scenarios(), "32m")
            .startingFast()
            .withArguments(
                List.of(
                    "--api", sidecar.api(),
                    "--token-file", sidecar.callerToken().toString(),
                    "--order", order.toString()));
    CommandResult result = stage.run(app.startingAt(OrdersApp.class));
    if (!result.isSuccess()) {
      throw new Surprise("the app failed: " + result.firstLine());
    }
    return result.stdout().strip();
  }

  private void refuseDebugging() throws Surprise, InterruptedException {
    story.step(
        "a VM that its host may debug",
        () ->
            "the sidecar refuses before it asks anyone. " + refusal(DEBUGGED, Reason.DebugAllowed));
  }

  private void refuseChangedPcr() throws Surprise, InterruptedException {
    story.step(
        "a VM whose boot loader's PCR was changed after boot",
        () -> {
          stage.lab().extendPcr(TAMPERED, BOOT_LOADER_PCR);
          return "Azure Attestation refuses. " + refusal(TAMPERED, Reason.AttestationRefused);
        });
  }

  private void refuseByPolicy() throws Surprise, InterruptedException {
    story.step(
        "kubectl apply a policy that admits another VM alone",
        () -> {
          apply(stage.artefacts().anotherMachinesPolicy());
          grants.sync("orders");
          return "the key's policy in the vault followed";
        });
    story.step(
        "the same healthy VM asks the vault",
        () -> "the vault denies. " + refusal(HEALTHY, Reason.ReleaseDenied));
    story.step(
        "the sidecar evaluates the policy itself",
        () -> {
          Path policy = stage.folder().resolve("policy.json");
          writePolicy(policy);
          return refusal(HEALTHY, Reason.PolicyDenied, "--policy", policy.toString());
        });
  }

  private void writePolicy(Path file) throws Surprise, InterruptedException {
    String compiled =
        stage.kubectl(
            "get", "relpol", "cvm-production", IN_NAMESPACE, "-o=jsonpath={.status.compiled}");
    try {
      Files.writeString(file, compiled);
    } catch (IOException e) {
      throw new Surprise("cannot write " + file, e);
    }
  }

  private void repair() throws Surprise, InterruptedException {
    SidecarProcess[] waiting = new SidecarProcess[1];
    story.step(
        "a sidecar starts under the wrong policy",
        () -> {
          stage.renewTokens();
          waiting[0] = SidecarProcess.start(stage, "waiting-sidecar", HEALTHY, grants.directory());
          waiting[0].awaitRefused(Reason.PolicyDenied);
          return "it serves nothing and waits for the grant to change";
        });
    story.step(
        "kubectl apply the right policy",
        () -> {
          apply(stage.artefacts().examples());
          grants.sync("orders");
          return "the key's policy in the vault followed";
        });
    story.step(
        "the waiting sidecar gets the key",
        () -> {
          waiting[0].awaitServed();
          String plaintext = runApp(waiting[0], encryptedOrder());
          return "the app reads '" + plaintext + "'";
        });
  }

  /** Applies manifests and waits until the vault has the policy that they compile to. */
  private void apply(Path manifests) throws Surprise, InterruptedException {
    stage.kubectl("apply", "-f", manifests.toString());
    String generation =
        stage.kubectl(
            "get", "relpol", "cvm-production", IN_NAMESPACE, "-o=jsonpath={.metadata.generation}");
    waitFor("relpol/cvm-production", "{.status.observedGeneration}", generation);
    String digest =
        stage.kubectl(
            "get", "relpol", "cvm-production", IN_NAMESPACE, "-o=jsonpath={.status.digest}");
    waitFor("expkey/orders", "{.status.policyDigest}", digest);
  }

  private void waitFor(String object, String path, String value)
      throws Surprise, InterruptedException {
    stage.kubectl(
        "wait", object, "--for=jsonpath=" + path + "=" + value, "--timeout=30s", IN_NAMESPACE);
  }

  /** The sentence with which a release must be refused, for exactly this reason. */
  private String refusal(String machine, Reason reason, String... more)
      throws Surprise, InterruptedException {
    CommandResult result = SidecarProcess.once(stage, machine, List.of(more));
    String said = result.stderr().strip();
    if (result.isSuccess() || !said.contains(reason.name())) {
      throw new Surprise(
          "expected a refusal for "
              + reason
              + ", found exit code "
              + result.exitCode()
              + " and '"
              + said
              + "'");
    }
    return said.lines().reduce((first, last) -> last).orElse(said);
  }
}
