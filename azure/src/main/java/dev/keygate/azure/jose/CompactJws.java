package dev.keygate.azure.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.keygate.azure.jose.JwsRefusedException.Check;
import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A JWS in compact serialisation (RFC 7515 §7.1) that is well-formed and not verified yet: nothing
 * of its content may be used but to find the key. {@code jku}, {@code jwk} and {@code x5u} are
 * never looked at.
 */
public final class CompactJws {

  /** Larger tokens are refused before they are decoded; MAA's have about 12 KiB. */
  public static final int SIZE_LIMIT_CHARS = 256 << 10;

  private final String signingInput;
  private final Optional<String> keyId;
  private final List<String> x5c;
  private final Bytes payloadOctets;
  private final JsonMembers payload;
  private final Bytes signature;

  private CompactJws(List<String> parts, JsonMembers header) throws JwsRefusedException {
    this.signingInput = parts.get(0) + "." + parts.get(1);
    this.payloadOctets = decode(parts.get(1), "payload");
    try {
      this.keyId = header.optionalText("kid");
      this.x5c = header.texts("x5c");
      this.payload = JsonMembers.parse(payloadOctets);
    } catch (JsonFormatException malformed) {
      throw new JwsRefusedException(
          Check.FORMAT, "the token is malformed: " + malformed.getMessage());
    }
    this.signature = decode(parts.get(2), "signature");
  }

  /**
   * Reads exactly three parts of canonical base64url; the header and the payload are JSON objects.
   *
   * @throws JwsRefusedException for every other text, for any {@code alg} but RS256, and for a
   *     {@code crit} or {@code b64} header
   */
  public static CompactJws parse(String text) throws JwsRefusedException {
    if (text.length() > SIZE_LIMIT_CHARS) {
      throw new JwsRefusedException(
          Check.SIZE, "the token has more than " + SIZE_LIMIT_CHARS + " characters");
    }
    List<String> parts = List.of(text.split("\\.", 4));
    if (parts.size() != 3) {
      throw new JwsRefusedException(Check.FORMAT, "the token does not have three parts");
    }
    return new CompactJws(parts, header(decode(parts.get(0), "header")));
  }

  private static JsonMembers header(Bytes octets) throws JwsRefusedException {
    try {
      JsonMembers header = JsonMembers.parse(octets);
      if (!header.text("alg").equals(JWSAlgorithm.RS256.getName())) {
        throw new JwsRefusedException(Check.ALGORITHM, "the token is not signed with RS256");
      }
      if (header.has("crit") || header.has("b64")) {
        throw new JwsRefusedException(
            Check.CRITICAL_HEADER, "the token asks for an extension that is not supported");
      }
      return header;
    } catch (JsonFormatException malformed) {
      throw new JwsRefusedException(
          Check.FORMAT, "the token's header is malformed: " + malformed.getMessage());
    }
  }

  private static Bytes decode(String part, String name) throws JwsRefusedException {
    return Base64Url.decode(part)
        .filter(octets -> !octets.isEmpty())
        .orElseThrow(
            () ->
                new JwsRefusedException(
                    Check.FORMAT, "the token's " + name + " is not base64url without padding"));
  }

  /** The key that the token says it is signed with; to choose among keys of ours, no more. */
  public Optional<String> unverifiedKeyId() {
    return keyId;
  }

  /**
   * The certificates that the token brings along, leaf first; nothing about them is verified.
   *
   * @throws JwsRefusedException if there are none, too many, or one cannot be read
   */
  public CertificateChain unverifiedChain() throws JwsRefusedException {
    return CertificateChain.parse(x5c);
  }

  /** The token if the leaf's key has signed it. */
  public VerifiedJws verify(VerifiedCertificate signer) throws JwsRefusedException {
    return verify(signer.key());
  }

  VerifiedJws verify(RSAPublicKey key) throws JwsRefusedException {
    try {
      boolean isGenuine =
          new RSASSAVerifier(key)
              .verify(
                  new JWSHeader(JWSAlgorithm.RS256),
                  signingInput.getBytes(StandardCharsets.US_ASCII),
                  Base64URL.encode(signature.toArray()));
      if (!isGenuine) {
        throw new JwsRefusedException(Check.SIGNATURE, "the token's signature does not verify");
      }
      return new VerifiedJws(payload, payloadOctets, keyId);
    } catch (JOSEException unusable) {
      throw new JwsRefusedException(
          Check.SIGNATURE, "the token's signature cannot be verified with that key", unusable);
    }
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "CompactJws[redacted]";
  }
}
