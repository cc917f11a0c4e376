package dev.keygate.scenarios.pods;

import dev.keygate.cluster.Kubectl;
import dev.keygate.cluster.process.CommandResult;
import dev.keygate.scenarios.story.Surprise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The namespace of deploy/examples/orders, which enforces the restricted Pod Security Standard: an
 * app team's view of the cluster.
 */
public final class Shop {

  /** The namespace. */
  public static final String NAMESPACE = "shop";

  /** Who its pods are. */
  public static final String SERVICE_ACCOUNT = "orders-api";

  /** The ExportableKey. */
  public static final String KEY = "orders";

  private final PodStage stage;
  private final Kubectl kubectl;

  private Shop(PodStage stage) {
    this.stage = stage;
    this.kubectl = stage.kubectl();
  }

  /** Applies deploy/examples/orders and waits until the key is ready. */
  public static Shop open(PodStage stage) throws Surprise, InterruptedException {
    Shop shop = new Shop(stage);
    shop.require("apply", "-f", stage.artefacts().examples().toString());
    shop.await("expkey/" + KEY, "condition=Ready");
    return shop;
  }

  /**
   * Adds an ExportableKey like the example's and waits until it is ready.
   *
   * @param field one more member of its spec, as one line of YAML
   */
  public void addKey(String name, String field) throws Surprise, InterruptedException {
    String manifest =
        String.join(
            "\n",
            "apiVersion: keygate.dev/v1alpha1",
            "kind: ExportableKey",
            "metadata: {name: " + name + "}",
            "spec:",
            "  vault: {url: \"https://contoso.vault.azure.net\"}",
            "  keyType: RSA-HSM",
            "  keySizeBits: 2048",
            "  keyOperations: [encrypt, decrypt]",
            "  releasePolicyRef: {name: cvm-production}",
            "  consumers: [{serviceAccountName: " + SERVICE_ACCOUNT + "}]",
            "  " + field,
            "");
    requireWithInput(manifest, "apply", "-f", "-");
    await("expkey/" + name, "condition=Ready");
  }

  /** kubectl in the namespace, which must succeed; its stdout without surrounding space. */
  public String require(String... arguments) throws Surprise, InterruptedException {
    try {
      return kubectl.require(inNamespace(arguments)).strip();
    } catch (IOException e) {
      throw new Surprise(e);
    }
  }

  /** kubectl in the namespace, whatever comes of it. */
  public CommandResult ask(String... arguments) throws Surprise, InterruptedException {
    try {
      return kubectl.run(inNamespace(arguments));
    } catch (IOException e) {
      throw new Surprise(e);
    }
  }

  /** {@code kubectl create} of a manifest, whatever comes of it. */
  public CommandResult create(String manifest) throws Surprise, InterruptedException {
    return askWithInput(manifest, "create", "-f", "-");
  }

  /** kubectl in the namespace with this on its stdin, which must succeed; its stdout. */
  public String requireWithInput(String stdin, String... arguments)
      throws Surprise, InterruptedException {
    CommandResult result = askWithInput(stdin, arguments);
    if (!result.isSuccess()) {
      throw new Surprise("kubectl " + arguments[0] + ": " + result.firstLine());
    }
    return result.stdout();
  }

  private CommandResult askWithInput(String stdin, String... arguments)
      throws Surprise, InterruptedException {
    try {
      return kubectl.runWithInput(stdin, inNamespace(arguments));
    } catch (IOException e) {
      throw new Surprise(e);
    }
  }

  /** Creates a pod that must be admitted. */
  public void start(PodManifest pod) throws Surprise, InterruptedException {
    CommandResult created = create(pod.pod());
    if (!created.isSuccess()) {
      throw new Surprise("the pod " + pod.name() + " was not admitted: " + created.firstLine());
    }
  }

  /** Waits until a condition of an object holds, such as {@code condition=Ready}. */
  public void await(String object, String what) throws Surprise, InterruptedException {
    CommandResult result = ask("wait", object, "--for=" + what, "--timeout=60s");
    if (!result.isSuccess()) {
      throw new Surprise(
          object + " did not reach " + what + ": " + result.firstLine() + "\n" + story(object));
    }
  }

  /** What a container of a pod has written so far; waits for its first line, if need be. */
  public String log(String pod, String container) throws Surprise, InterruptedException {
    // Ready comes with an app's process, which has written nothing by then.
    stage.until(
        "a line of " + pod + "'s " + container, () -> logSoFar(pod, container).contains("\n"));
    return logSoFar(pod, container);
  }

  private String logSoFar(String pod, String container) throws Surprise, InterruptedException {
    return ask("logs", pod, "--container=" + container).stdout();
  }

  /** The same with the runtime's time before each line. */
  public String timedLog(String pod, String container) throws Surprise, InterruptedException {
    return ask("logs", pod, "--container=" + container, "--timestamps").stdout();
  }

  /**
   * What a probe's loop printed in its last complete round.
   *
   * @return empty while there is none
   */
  public String lastRound(String pod, String container) throws Surprise, InterruptedException {
    List<String> lines = log(pod, container).lines().toList();
    if (lines.isEmpty()) {
      return "";
    }
    String first = stepOf(lines.getFirst());
    if (lines.stream().allMatch(line -> stepOf(line).equals(first))) {
      return lines.getLast();
    }
    List<Integer> starts =
        IntStream.range(0, lines.size())
            .filter(i -> stepOf(lines.get(i)).equals(first))
            .filter(i -> i == 0 || !stepOf(lines.get(i - 1)).equals(first))
            .boxed()
            .toList();
    return starts.size() < 2
        ? ""
        : String.join("\n", lines.subList(starts.get(starts.size() - 2), starts.getLast()));
  }

  /** The probe puts a step's words before each line that it prints. */
  private static String stepOf(String line) {
    return line.substring(0, Math.max(0, line.indexOf(" | ")));
  }

  /** One value of an object, by a JSONPath such as {@code {.status.phase}}. */
  public String get(String object, String jsonPath) throws Surprise, InterruptedException {
    return require("get", object, "-o=jsonpath=" + jsonPath);
  }

  /** Deletes a pod and does not wait. */
  public void remove(PodManifest pod) throws Surprise, InterruptedException {
    ask("delete", "pod", pod.name(), "--wait=false", "--ignore-not-found");
  }

  private String story(String object) throws Surprise, InterruptedException {
    String sidecar =
        object.startsWith("pod/") ? logSoFar(object.substring(4), "keygate-sidecar") : "";
    return ask("describe", object).stdout() + "\n" + sidecar;
  }

  private static String[] inNamespace(String... arguments) {
    // First: what follows a -- is the container's.
    List<String> all = new ArrayList<>(List.of("--namespace=" + NAMESPACE));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }
}
