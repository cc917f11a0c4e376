package dev.keygate.emulator.keyvault.key;

import dev.keygate.policy.CanonicalWriter;
import dev.keygate.policy.ReleasePolicyDocument;

/**
 * A key's release policy as the vault keeps it.
 *
 * @param document the parsed policy; what is returned is written anew from it
 * @param contentType as sent, or the vault's default
 * @param immutable one-way: never unset, and the policy never changes again
 */
public record StoredPolicy(ReleasePolicyDocument document, String contentType, boolean immutable) {

  /** What the vault fills in. */
  public static final String DEFAULT_CONTENT_TYPE = "application/json; charset=utf-8";

  /** The text that the vault returns. */
  public String text() {
    return CanonicalWriter.write(document);
  }
}
