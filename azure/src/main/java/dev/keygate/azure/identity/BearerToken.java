package dev.keygate.azure.identity;

import dev.keygate.azure.http.Call;
import java.time.Instant;
import java.util.regex.Pattern;

/** An access token. It shows itself to nobody but the call that it authorises. */
public final class BearerToken {

  /** RFC 6750 §2.1, and no larger than a header can be. */
  private static final Pattern FORMAT = Pattern.compile("[A-Za-z0-9._~+/-]{1,16384}=*");

  private final String value;
  private final Audience audience;
  private final Instant expiresAt;

  /**
   * @param value the token's text
   * @throws IllegalArgumentException if it cannot stand in a header; the message does not quote it
   */
  public BearerToken(String value, Audience audience, Instant expiresAt) {
    if (!FORMAT.matcher(value).matches()) {
      throw new IllegalArgumentException("not the text of a bearer token");
    }
    this.value = value;
    this.audience = audience;
    this.expiresAt = expiresAt;
  }

  /** Whom it is for. */
  public Audience audience() {
    return audience;
  }

  /** When it stops working. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /**
   * The call with this token. The caller has made sure that the address is the pinned one.
   *
   * @throws IllegalArgumentException if the call does not go over TLS
   */
  public Call authorize(Call call) {
    return call.withHeader("Authorization", "Bearer " + value);
  }

  /** Audience and expiry, never the token. */
  @Override
  public String toString() {
    return "BearerToken[redacted, for " + audience.resource() + ", until " + expiresAt + "]";
  }
}
