package dev.keygate.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pod that does some steps of the probe, within what the restricted Pod Security Standard allows.
 *
 * @param arguments of the probe
 * @param podLines more lines of the pod's spec
 * @param containerLines more lines of its container
 */
record TestPod(
    String name, List<String> arguments, List<String> podLines, List<String> containerLines) {

  static TestPod doing(String name, String... steps) {
    return new TestPod(name, and(List.of("do"), steps), List.of(), List.of());
  }

  /** One that does them again and again until it is told to end. */
  static TestPod looping(String name, String... steps) {
    return new TestPod(name, and(List.of("loop", "200ms"), steps), List.of(), List.of());
  }

  TestPod withPod(String... lines) {
    return new TestPod(name, arguments, and(podLines, lines), containerLines);
  }

  TestPod withContainer(String... lines) {
    return new TestPod(name, arguments, podLines, and(containerLines, lines));
  }

  String yaml() {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, labels: {app: %s}}
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 1
    %s
      containers:
      - name: main
        image: keygate.test/probe:1
        imagePullPolicy: Never
        args: [%s]
        securityContext:
          runAsUser: 1000
          runAsNonRoot: true
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities: {drop: [ALL]}
          seccompProfile: {type: RuntimeDefault}
    %s
    """
        .formatted(
            name, name, indented(2, podLines), quotedArguments(), indented(4, containerLines));
  }

  private String quotedArguments() {
    return arguments.stream()
        .map(argument -> "\"" + argument + "\"")
        .collect(Collectors.joining(", "));
  }

  private static String indented(int columns, List<String> lines) {
    return String.join("\n", lines.stream().map(line -> " ".repeat(columns) + line).toList());
  }

  private static List<String> and(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }
}
