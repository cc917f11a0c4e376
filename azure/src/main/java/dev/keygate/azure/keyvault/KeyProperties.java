package dev.keygate.azure.keyvault;

import java.util.List;
import java.util.Map;

/**
 * What may be changed while the key exists.
 *
 * @param operations the wire's {@code key_ops}; in a change, none means unchanged
 * @param lifetime when it may be used
 * @param tags up to 15 names and values of up to 256 characters
 */
public record KeyProperties(
    List<String> operations, KeyLifetime lifetime, Map<String, String> tags) {

  /** Copies the collections. */
  public KeyProperties {
    operations = List.copyOf(operations);
    tags = Map.copyOf(tags);
  }
}
