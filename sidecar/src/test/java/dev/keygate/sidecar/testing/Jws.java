package dev.keygate.sidecar.testing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** Signs compact JWS. */
public final class Jws {

  private Jws() {}

  /** RS256 over these JSON texts, whatever the header says. */
  public static String sign(String header, String payload, PrivateKey key) {
    String input = base64Url(header) + "." + base64Url(payload);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64Url(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without padding. */
  public static String base64Url(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /** Of UTF-8, without padding. */
  public static String base64Url(String text) {
    return base64Url(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An unsigned number, without leading zeros. */
  public static String number(BigInteger number) {
    byte[] octets = number.toByteArray();
    int from = octets.length > 1 && octets[0] == 0 ? 1 : 0;
    return base64Url(Arrays.copyOfRange(octets, from, octets.length));
  }
}
