package dev.keygate.scenarios.pods;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An opted-in pod as an app team writes it: within the restricted Pod Security Standard, every
 * container under a user id of its own. Immutable.
 */
public final class PodManifest {

  /** Prints files, asks over HTTP, waits. */
  public static final String PROBE_IMAGE = "keygate.test/probe:1";

  private final String name;
  private final List<String> annotations;
  private final List<String> podFields;
  private final List<String> initContainers;
  private final List<String> containers;

  private PodManifest(
      String name,
      List<String> annotations,
      List<String> podFields,
      List<String> initContainers,
      List<String> containers) {
    this.name = name;
    this.annotations = List.copyOf(annotations);
    this.podFields = List.copyOf(podFields);
    this.initContainers = List.copyOf(initContainers);
    this.containers = List.copyOf(containers);
  }

  /** A pod without keys and containers yet. */
  public static PodManifest named(String name) {
    return new PodManifest(name, List.of(), List.of(), List.of(), List.of());
  }

  /** The pod's name. */
  public String name() {
    return name;
  }

  /** With {@code keygate.dev/<name>: "<value>"}. */
  public PodManifest annotated(String annotation, String value) {
    return new PodManifest(
        name,
        with(annotations, "keygate.dev/" + annotation + ": \"" + value + "\""),
        podFields,
        initContainers,
        containers);
  }

  /** With the key {@code orders} for all containers. */
  public PodManifest withOrders() {
    return annotated("keys", Shop.KEY);
  }

  /** With one more member of the pod's spec, as one line of YAML. */
  public PodManifest with(String field) {
    return new PodManifest(name, annotations, with(podFields, field), initContainers, containers);
  }

  /** With a container that runs the probe. */
  public PodManifest running(String container, int uid, String... arguments) {
    return new PodManifest(
        name,
        annotations,
        podFields,
        initContainers,
        with(containers, probe(container, uid, arguments)));
  }

  /** With an init container that runs the probe. */
  public PodManifest preparing(String container, int uid, String... arguments) {
    return new PodManifest(
        name,
        annotations,
        podFields,
        with(initContainers, probe(container, uid, arguments)),
        containers);
  }

  /** The pod. */
  public String pod() {
    return "apiVersion: v1\nkind: Pod\n" + template("");
  }

  /** A Job of that name that makes one such pod, once. */
  public String job() {
    return "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: "
        + name
        + "\nspec:\n  backoffLimit: 0\n  template:\n"
        + template("    ")
            .replaceFirst("(?m)^    spec:\n", "    spec:\n      restartPolicy: Never\n");
  }

  private String template(String indent) {
    List<String> lines = new ArrayList<>();
    lines.add("metadata:");
    lines.add("  name: " + name);
    lines.add("  labels:");
    lines.add("    keygate.dev/inject: \"true\"");
    lines.add("    app: " + name);
    if (!annotations.isEmpty()) {
      lines.add("  annotations:");
      annotations.forEach(annotation -> lines.add("    " + annotation));
    }
    lines.add("spec:");
    lines.add("  serviceAccountName: " + Shop.SERVICE_ACCOUNT);
    lines.add("  terminationGracePeriodSeconds: 10");
    podFields.forEach(field -> lines.add("  " + field));
    if (!initContainers.isEmpty()) {
      lines.add("  initContainers:");
      initContainers.forEach(container -> lines.add("    - " + container));
    }
    lines.add("  containers:");
    containers.forEach(container -> lines.add("    - " + container));
    return lines.stream().map(line -> indent + line + "\n").collect(Collectors.joining());
  }

  private static String probe(String container, int uid, String... arguments) {
    String args =
        List.of(arguments).stream()
            .map(argument -> "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining(", "));
    return "{name: "
        + container
        + ", image: \""
        + PROBE_IMAGE
        + "\", imagePullPolicy: Never, args: ["
        + args
        + "], securityContext: {runAsNonRoot: true, runAsUser: "
        + uid
        + ", allowPrivilegeEscalation: false, capabilities: {drop: [ALL]},"
        + " seccompProfile: {type: RuntimeDefault}}}";
  }

  private static List<String> with(List<String> before, String more) {
    List<String> all = new ArrayList<>(before);
    all.add(more);
    return all;
  }
}
