package dev.keygate.sidecar.keyvault;

import dev.keygate.azure.jose.CompactJws;
import dev.keygate.azure.jose.JwsRefusedException;

/**
 * A vault's answer to a release, not verified: a compact JWS whose payload carries the wrapped key.
 */
public final class ReleaseEnvelope {

  private final CompactJws jws;
  private final String requestId;

  private ReleaseEnvelope(CompactJws jws, String requestId) {
    this.jws = jws;
    this.requestId = requestId;
  }

  /**
   * Reads a compact JWS signed with RS256.
   *
   * @param requestId under which the vault logs the release; may be empty
   * @throws JwsRefusedException for every other text
   */
  static ReleaseEnvelope parse(String value, String requestId) throws JwsRefusedException {
    return new ReleaseEnvelope(CompactJws.parse(value), requestId);
  }

  CompactJws jws() {
    return jws;
  }

  /** Under which the vault logs the release; may be empty. */
  public String requestId() {
    return requestId;
  }

  /** Nothing of the content. */
  @Override
  public String toString() {
    return "ReleaseEnvelope[redacted]";
  }
}
