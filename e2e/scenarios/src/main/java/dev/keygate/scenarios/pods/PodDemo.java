package dev.keygate.scenarios.pods;

import dev.keygate.cluster.process.ChildProcessException;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.lab.OrderDeskMain;
import dev.keygate.scenarios.shipped.JavaProcess;
import dev.keygate.scenarios.story.Story;
import dev.keygate.scenarios.story.Story.ProcessFigure;
import dev.keygate.scenarios.story.Surprise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The story with real pods: injection, a key before the app, who refuses, what survives. */
public final class PodDemo {

  private static final String KEY = "https://contoso.vault.azure.net/keys/orders";
  private static final String ORDER = "order 4711: 3 × espresso machine, ship to Trieste";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final PodStage stage;
  private final Story story;
  private final ChartInstallation chart;

  /** Plays on this stage. */
  public PodDemo(PodStage stage, Story story) {
    this.stage = stage;
    this.story = story;
    this.chart = new ChartInstallation(stage);
  }

  /** Tells all of it. */
  public void tell() throws Surprise, InterruptedException {
    story.chapter("A key and its policy");
    Shop shop = install();
    story.chapter("A pod on a confidential node gets the key before its app starts");
    PodManifest orders = decrypt(shop);
    readFiles(shop);
    story.chapter("Who refuses, and why");
    refuse(shop);
    story.chapter("What a running pod lives through");
    lose(shop, orders);
    repair(shop);
    story.close(figures(orders));
  }

  private Shop install() throws Surprise, InterruptedException {
    story.step(
        "helm install keygate charts/keygate",
        () -> {
          chart.install();
          return "kinds, operator, webhook and its certificate, admission policies";
        });
    Shop[] opened = new Shop[1];
    story.step(
        "kubectl apply -f deploy/examples/orders",
        () -> {
          opened[0] = Shop.open(stage);
          return "the operator made " + opened[0].get("expkey/orders", "{.status.keyId}");
        });
    return opened[0];
  }

  private PodManifest decrypt(Shop shop) throws Surprise, InterruptedException {
    String encrypted = encryptedOrder();
    PodManifest orders =
        PodManifest.named("orders")
            .withOrders()
            .running(
                "app", 2000, "loop", "1s", "decrypt " + encrypted + " " + Steps.source(Shop.KEY));
    story.step(
        "kubectl create a pod with the label keygate.dev/inject",
        () -> {
          PodTimeline took = PodTimeline.measure(shop, orders, stage.children().time());
          expect(shop.lastRound("orders", "app"), ORDER);
          return "sidecar's first line after "
              + took.toSidecar().toMillis()
              + " ms, key after "
              + took.toKey().toMillis()
              + " ms more, the app read '"
              + ORDER
              + "' "
              + took.toApp().toMillis()
              + " ms later";
        });
    return orders;
  }

  private void readFiles(Shop shop) throws Surprise, InterruptedException {
    String file = "cat /run/keygate/keys/orders/current/key.jwk";
    PodManifest files =
        PodManifest.named("files")
            .annotated("keys.app", Shop.KEY)
            .annotated("delivery", "Files")
            .running("app", 2000, "do", file, Steps.STAY)
            .running("bystander", 3000, "do", file, Steps.STAY);
    story.step(
        "a pod that wants its key as a file",
        () -> {
          shop.start(files);
          shop.await("pod/files", "condition=Ready");
          expect(shop.log("files", "app"), "\"kty\":\"RSA\"");
          expect(shop.log("files", "bystander"), "ENOENT");
          shop.remove(files);
          return "readable under another user id in its container, not there in its neighbour's";
        });
  }

  private void refuse(Shop shop) throws Surprise, InterruptedException {
    PodManifest plain = PodManifest.named("refused").running("app", 2000, "do", Steps.STAY);
    story.step(
        "a pod that asks for a key it may not have",
        () -> refusal(shop.create(plain.annotated("keys", "payroll").pod()), "payroll"));
    story.step(
        "a pod in its node's network",
        () ->
            refusal(
                shop.create(plain.withOrders().with("hostNetwork: true").pod()), "hostNetwork"));
    story.step(
        "a container that takes the vTPM for itself",
        () ->
            refusal(
                shop.create(
                    plain
                        .pod()
                        .replaceFirst("    keygate.dev/inject: .*\n", "")
                        .replace(
                            "{name: app,",
                            "{name: app, resources: {limits: {keygate.dev/vtpm: 1}},")),
                "keygate-vtpm"));
    story.step(
        "kubectl exec into the sidecar",
        () ->
            refusal(
                shop.ask("exec", "orders", "-c", "keygate-sidecar", "--", "id"), "keygate-exec"));
  }

  private void lose(Shop shop, PodManifest orders) throws Surprise, InterruptedException {
    story.step(
        "kill -9 of the sidecar",
        () -> {
          ContainerProcess.of(stage, Shop.NAMESPACE, orders.name(), "initContainerStatuses[0]")
              .kill();
          stage.until(
              "the sidecar is restarted",
              () ->
                  shop.get("pod/orders", "{.status.initContainerStatuses[0].restartCount}")
                      .equals("1"));
          shop.await("pod/orders", "condition=Ready");
          stage.until("the app reads on", () -> shop.lastRound("orders", "app").contains(ORDER));
          String restarts = shop.get("pod/orders", "{.status.containerStatuses[0].restartCount}");
          expect(restarts, "0");
          return "the kubelet brings it back, the app was not restarted and reads on";
        });
  }

  private void repair(Shop shop) throws Surprise, InterruptedException {
    PodManifest waiting =
        PodManifest.named("waiting")
            .withOrders()
            .running("app", 2000, "do", Steps.fetch(Shop.KEY), Steps.STAY);
    story.step(
        "a pod starts while the policy admits another VM alone",
        () -> {
          shop.require("apply", "-f", stage.artefacts().anotherMachinesPolicy().toString());
          awaitPolicy(shop);
          shop.start(waiting);
          stage.until(
              "the sidecar says why",
              () -> shop.log("waiting", "keygate-sidecar").contains("PolicyDenied"));
          return "its app does not start, and the sidecar says which claim it lacks";
        });
    story.step(
        "kubectl apply the right policy",
        () -> {
          shop.require("apply", "-f", stage.artefacts().examples().toString());
          awaitPolicy(shop);
          shop.await("pod/waiting", "condition=Ready");
          expect(shop.log("waiting", "app"), "\"kty\":\"RSA\"");
          return "the waiting pod gets its key and its app starts";
        });
  }

  private static void awaitPolicy(Shop shop) throws Surprise, InterruptedException {
    String generation = shop.get("relpol/cvm-production", "{.metadata.generation}");
    shop.await("relpol/cvm-production", "jsonpath={.status.observedGeneration}=" + generation);
    String digest = shop.get("relpol/cvm-production", "{.status.digest}");
    shop.await("expkey/orders", "jsonpath={.status.policyDigest}=" + digest);
  }

  private String encryptedOrder() throws Surprise, InterruptedException {
    JavaProcess desk =
        JavaProcess.of("order-desk", stage.artefacts().scenarios(), "48m")
            .withArguments(
                List.of(
                    "--tls-root",
                    stage.lab().trustRoots().resolve("tls-root.pem").toString(),
                    "--proxy",
                    stage.lab().proxy(),
                    "--imds",
                    "http://" + PodStage.METADATA_ADDRESS,
                    "--client-id",
                    stage.lab().clientId(PodStage.MACHINE),
                    "--key",
                    KEY,
                    ORDER))
            .startingAt(OrderDeskMain.class);
    try {
      CommandResult result =
          stage
              .children()
              .run(stage.cluster().network().before(desk.command()), Map.of(), "", SOON);
      if (!result.isSuccess()) {
        throw new Surprise("the order desk: " + result.firstLine());
      }
      return result.stdout().strip();
    } catch (ChildProcessException e) {
      throw new Surprise(e);
    }
  }

  private List<ProcessFigure> figures(PodManifest pod) throws Surprise, InterruptedException {
    List<ProcessFigure> figures = new ArrayList<>();
    figures.add(
        figure(
            "sidecar of pod orders, with page cache",
            ContainerProcess.of(stage, Shop.NAMESPACE, pod.name(), "initContainerStatuses[0]")));
    figures.add(figure("operator, with page cache", chart.operatorProcess()));
    return figures;
  }

  private static ProcessFigure figure(String name, ContainerProcess process)
      throws Surprise, InterruptedException {
    ContainerMemory memory = process.memory();
    return new ProcessFigure(name, memory.currentBytes() >> 20, memory.peakBytes() >> 20);
  }

  private static String refusal(CommandResult result, String text) throws Surprise {
    if (result.isSuccess()) {
      throw new Surprise("expected a refusal, found success");
    }
    expect(result.stderr(), text);
    return result.stderr().strip().replaceFirst("^Error from server[^:]*: ", "");
  }

  private static void expect(String found, String text) throws Surprise {
    if (!found.contains(text)) {
      throw new Surprise("expected '" + text + "', found '" + found + "'");
    }
  }
}
