package dev.keygate.operator.config;

import java.util.Set;

/**
 * The namespaces that the operator cares for.
 *
 * @param own the operator's own, whose pods are left alone
 * @param watched those it watches; all of them if empty
 */
public record NamespaceScope(String own, Set<String> watched) {

  /** Copies the set. */
  public NamespaceScope {
    watched = Set.copyOf(watched);
  }

  /** Whether the operator sees the keys of a namespace. */
  public boolean isWatched(String namespace) {
    return watched.isEmpty() || watched.contains(namespace);
  }
}
