package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of namespaces: RFC 1123 labels. */
final class NamespaceSetting {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** Where the kubelet says in which namespace a pod is. */
  private static final Path MOUNTED =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

  private static final String DEFAULT = "keygate-system";

  private NamespaceSetting() {}

  /** The operator's own namespace. */
  static String own(Optional<String> written) throws RefusedException {
    String name =
        written
            .filter(text -> !text.isBlank())
            .map(String::strip)
            .orElseGet(NamespaceSetting::mounted);
    if (!LABEL.matcher(name).matches()) {
      throw Refusal.of("keygate.namespace", "is the name of a namespace; found '" + name + "'");
    }
    return name;
  }

  private static String mounted() {
    try {
      return Files.readString(MOUNTED).strip();
    } catch (IOException e) {
      // Not in a pod.
      return DEFAULT;
    }
  }

  static Set<String> parse(String key, Optional<List<String>> written) throws RefusedException {
    Set<String> namespaces = new LinkedHashSet<>();
    for (String name : written.orElse(List.of())) {
      if (!LABEL.matcher(name).matches()) {
        throw Refusal.of(
            key, "lists names of namespaces, separated by commas; found '" + name + "'");
      }
      namespaces.add(name);
    }
    return namespaces;
  }
}
