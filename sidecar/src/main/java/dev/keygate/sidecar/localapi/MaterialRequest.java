package dev.keygate.sidecar.localapi;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.evidence.bytes.Bytes;
import java.util.Optional;

/**
 * The body of a call for material.
 *
 * @param version empty for the current one
 */
record MaterialRequest(Optional<KeyVersion> version) {

  static MaterialRequest parse(Bytes body) throws ApiRefusal {
    try {
      Optional<String> version = JsonMembers.parse(body).optionalText("version");
      return new MaterialRequest(
          version.isPresent() ? Optional.of(KeyVersion.parse(version.get())) : Optional.empty());
    } catch (JsonFormatException | EndpointFormatException malformed) {
      throw new ApiRefusal(
          ApiCode.BodyMalformed,
          "The body is an object whose version, if it is there, is 32 lower-case hexadecimal"
              + " digits.");
    }
  }
}
