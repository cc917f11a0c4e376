package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of namespaces: RFC 1123 labels. */
final class NamespaceSetting {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private NamespaceSetting() {}

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
