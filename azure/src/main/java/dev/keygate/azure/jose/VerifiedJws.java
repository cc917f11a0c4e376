package dev.keygate.azure.jose;

import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import java.util.Optional;

/** The content of a token whose signature has been verified; only verification makes one. */
public final class VerifiedJws {

  private final JsonMembers payload;
  private final Bytes payloadOctets;
  private final Optional<String> keyId;

  VerifiedJws(JsonMembers payload, Bytes payloadOctets, Optional<String> keyId) {
    this.payload = payload;
    this.payloadOctets = payloadOctets;
    this.keyId = keyId;
  }

  /** The payload, which the signer vouches for. */
  public JsonMembers payload() {
    return payload;
  }

  /** The payload as the signer wrote it. */
  public String payloadText() {
    return payloadOctets.utf8();
  }

  /** The header's {@code kid}. */
  public Optional<String> keyId() {
    return keyId;
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "VerifiedJws[redacted]";
  }
}
