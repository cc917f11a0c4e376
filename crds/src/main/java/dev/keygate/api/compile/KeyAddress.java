package dev.keygate.api.compile;

import dev.keygate.api.v1alpha1.ExportableKeySpec;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.endpoint.VaultHost;
import java.util.Objects;

/** Which key in a vault an ExportableKey is about. */
public final class KeyAddress {

  private KeyAddress() {}

  /**
   * The base identifier of the key.
   *
   * @param objectName the ExportableKey's own name, which is the key's unless the spec gives one
   * @throws EndpointFormatException if the spec names no vault or no key; the API server has
   *     refused that before, unless the kinds were installed without their rules
   */
  public static KeyIdentifier of(String objectName, ExportableKeySpec spec)
      throws EndpointFormatException {
    String name = Objects.requireNonNullElse(spec.keyName(), objectName);
    return KeyIdentifier.parse(VaultHost.parse(spec.vault().url()) + "/keys/" + name).base();
  }
}
