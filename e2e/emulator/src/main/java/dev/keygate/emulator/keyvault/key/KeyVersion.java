package dev.keygate.emulator.keyvault.key;

import java.util.List;
import java.util.Map;

/**
 * One version of a key.
 *
 * @param id 32 lower-case hexadecimal digits
 * @param type its type
 * @param material what it is made of
 * @param operations {@code key_ops}
 * @param attributes enabled, validity and times
 * @param tags at most 15
 */
public record KeyVersion(
    String id,
    KeyType type,
    KeyMaterial material,
    List<String> operations,
    KeyAttributes attributes,
    Map<String, String> tags) {

  public KeyVersion {
    operations = List.copyOf(operations);
    tags = Map.copyOf(tags);
  }
}
