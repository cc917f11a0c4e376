package dev.keygate.emulator.jose;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;

/** The public members of an RSA key in a JWK (RFC 7518 §6.3.1). */
public final class RsaJwk {

  private RsaJwk() {}

  /** Adds {@code n} and {@code e}. */
  public static void put(ObjectNode jwk, RSAPublicKey key) {
    jwk.put("n", Base64Text.url(unsigned(key.getModulus())));
    jwk.put("e", Base64Text.url(unsigned(key.getPublicExponent())));
  }

  /** Big-endian, without a leading zero byte. */
  public static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    if (bytes[0] != 0 || bytes.length == 1) {
      return bytes;
    }
    byte[] shorter = new byte[bytes.length - 1];
    System.arraycopy(bytes, 1, shorter, 0, shorter.length);
    return shorter;
  }
}
