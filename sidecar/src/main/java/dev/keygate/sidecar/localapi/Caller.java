package dev.keygate.sidecar.localapi;

import java.util.Set;

/**
 * A container of this pod.
 *
 * @param container its name
 * @param keys the names of the keys it may have
 */
record Caller(String container, Set<String> keys) {
  Caller {
    keys = Set.copyOf(keys);
  }
}
