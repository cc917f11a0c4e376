package dev.keygate.sidecar.attest;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.sidecar.nonce.Nonce;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an attestation token carries for whoever reads it.
 *
 * @param nonce what makes it fresh for its reader
 * @param more further names and values
 */
public record ClientPayload(String nonce, Map<String, String> more) {

  /** Says what a token is for. A token without it is for the release of keys. */
  public static final String PURPOSE = "keygate-purpose";

  /** The purpose of a token that an app shows to its own relying parties. */
  public static final String RELYING_PARTY = "relying-party";

  /** SHA-256 of what an app wants vouched for, in lower-case hexadecimal. */
  public static final String USER_DATA = "user-data-sha256";

  private static final String NONCE = "nonce";
  private static final Pattern NONCE_FORMAT = Pattern.compile("[\\x21-\\x7e]{8,256}");

  /**
   * @throws IllegalArgumentException if the nonce is not 8 to 256 visible ASCII characters
   */
  public ClientPayload {
    more = Map.copyOf(more);
    if (!isNonce(nonce)) {
      throw new IllegalArgumentException("a nonce is 8 to 256 visible ASCII characters");
    }
  }

  /** Whether a text can be a nonce. */
  public static boolean isNonce(String text) {
    return NONCE_FORMAT.matcher(text).matches();
  }

  /** For a token to which keys are released. */
  static ClientPayload forRelease(SecureRandom random) {
    return new ClientPayload(Nonce.fresh(random).text(), Map.of());
  }

  /** For a token that an app shows to its own relying parties. */
  static ClientPayload forRelyingParty(String nonce, Optional<Bytes> userData) {
    Map<String, String> more = new LinkedHashMap<>();
    more.put(PURPOSE, RELYING_PARTY);
    userData.ifPresent(data -> more.put(USER_DATA, data.sha256().hex()));
    return new ClientPayload(nonce, more);
  }

  /** All names and values. */
  Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>(more);
    members.put(NONCE, nonce);
    return members;
  }
}
