package dev.keygate.emulator.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parsed, not yet verified compact JWS (RFC 7515 §3.1) whose payload is a JSON object. */
public final class CompactJws {

  private static final int MAX_LENGTH = 256 * 1024;

  private final ObjectNode header;
  private final ObjectNode payload;
  private final String signedText;
  private final byte[] signature;
  // The same text and the same key give the same answer; asking again costs nothing.
  private volatile @Nullable PublicKey verifiedWith;

  private CompactJws(ObjectNode header, ObjectNode payload, String signedText, byte[] signature) {
    this.header = header;
    this.payload = payload;
    this.signedText = signedText;
    this.signature = signature;
  }

  /**
   * Signs with RS256.
   *
   * @param header the whole protected header, with {@code alg}
   */
  public static String sign(ObjectNode header, ObjectNode payload, PrivateKey key) {
    return sign(encoded(header), payload, key);
  }

  /** A header as {@link #sign(String, ObjectNode, PrivateKey)} takes it. */
  public static String encoded(ObjectNode header) {
    return Base64Text.url(header.toString().getBytes(UTF_8));
  }

  /**
   * Signs with RS256.
   *
   * @param header an {@link #encoded} header
   */
  public static String sign(String header, ObjectNode payload, PrivateKey key) {
    String signed = header + '.' + Base64Text.url(payload.toString().getBytes(UTF_8));
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(key);
      signer.update(signed.getBytes(US_ASCII));
      return signed + '.' + Base64Text.url(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the lab's own signing key does not sign", e);
    }
  }

  /** An unsecured JWS (RFC 7515 appendix A.5): {@code alg} none and no signature. */
  public static String unsigned(ObjectNode payload) {
    String header = Base64Text.url("{\"alg\":\"none\"}".getBytes(UTF_8));
    return header + '.' + Base64Text.url(payload.toString().getBytes(UTF_8)) + '.';
  }

  /**
   * Takes a token apart.
   *
   * @throws MalformedTextException if it does not have three parts of base64url, two of them JSON
   */
  public static CompactJws parse(String text) throws MalformedTextException {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || text.length() > MAX_LENGTH) {
      throw new MalformedTextException("a compact JWS of three parts is expected");
    }
    return new CompactJws(
        Json.parseObject(new String(Base64Text.decode(parts[0]), UTF_8)),
        Json.parseObject(new String(Base64Text.decode(parts[1]), UTF_8)),
        parts[0] + '.' + parts[1],
        Base64Text.decode(parts[2]));
  }

  /** The {@code alg} of the header; empty text where absent. */
  public String algorithm() {
    return Json.text(header, "alg").orElse("");
  }

  /** The {@code kid} of the header; empty text where absent. */
  public String keyId() {
    return Json.text(header, "kid").orElse("");
  }

  /** The {@code jku} of the header, as it says; a {@code jku} that is no text counts as one. */
  public Optional<String> keySetAddress() {
    return header.has("jku") ? Optional.of(header.path("jku").asText()) : Optional.empty();
  }

  /** The claims, which nobody has vouched for until {@link #isSignedBy}. */
  public ObjectNode unverifiedClaims() {
    return payload;
  }

  /** Whether the header says RS256, nothing critical, and the signature is this key's. */
  public boolean isSignedBy(PublicKey key) {
    if (!algorithm().equals("RS256") || header.has("crit")) {
      return false;
    }
    if (key.equals(verifiedWith)) {
      return true;
    }
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(signedText.getBytes(US_ASCII));
      boolean isGenuine = verifier.verify(signature);
      verifiedWith = isGenuine ? key : verifiedWith;
      return isGenuine;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
