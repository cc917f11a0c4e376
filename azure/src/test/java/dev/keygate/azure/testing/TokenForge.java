package dev.keygate.azure.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens, good and bad ones, without the library under test. */
public final class TokenForge {

  private TokenForge() {}

  /** A compact JWS with any header at all, signed with RSA and SHA-256. */
  public static String sign(String header, String payload, KeyPair signer) {
    return sign("SHA256withRSA", header, payload, signer);
  }

  /** The same with another signature algorithm. */
  public static String sign(String algorithm, String header, String payload, KeyPair signer) {
    String input = encode(header) + "." + encode(payload);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(signer.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + encode(signature.sign());
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  /** The classic forgery: an HMAC under the public key's encoding. */
  public static String macUnderPublicKey(String header, String payload, KeyPair signer) {
    String input = encode(header) + "." + encode(payload);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(signer.getPublic().getEncoded(), "HmacSHA256"));
      return input + "." + encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException(unusable);
    }
  }

  /** Base64url without padding. */
  public static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Base64url without padding. */
  public static String encode(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
