package dev.keygate.operator.injection.pod;

import java.util.List;

/**
 * The keys of one container.
 *
 * @param container its name
 * @param keys names of ExportableKeys, at least one, in the order of the annotation
 */
public record ContainerKeys(String container, List<String> keys) {

  /** Copies the list. */
  public ContainerKeys {
    keys = List.copyOf(keys);
  }
}
