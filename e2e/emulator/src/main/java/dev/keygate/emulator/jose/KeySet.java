package dev.keygate.emulator.jose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The RSA keys of a JWKS (RFC 7517) by their {@code kid}; keys of other types are left out. */
public final class KeySet {

  private static final int MAX_KEYS = 100;

  private final Map<String, Entry> keys;

  /**
   * @param key the public key, of the certificate where there is one
   * @param hasCertificate whether the JWK has an {@code x5c}
   */
  private record Entry(PublicKey key, boolean hasCertificate) {}

  private KeySet(Map<String, Entry> keys) {
    this.keys = keys;
  }

  /**
   * Reads a key set.
   *
   * @throws MalformedTextException if it is none, or an RSA key in it is malformed
   */
  public static KeySet parse(String text) throws MalformedTextException {
    JsonNode list = Json.parseObject(text).path("keys");
    if (!list.isArray() || list.size() > MAX_KEYS) {
      throw new MalformedTextException("a JWKS of at most " + MAX_KEYS + " keys is expected");
    }
    Map<String, Entry> keys = new LinkedHashMap<>();
    for (JsonNode jwk : list) {
      Optional<String> kid = Json.text(jwk, "kid");
      if (kid.isPresent() && jwk.path("kty").asText().equals("RSA")) {
        keys.putIfAbsent(kid.get(), entry(jwk));
      }
    }
    return new KeySet(keys);
  }

  /** The key of this name. */
  public Optional<PublicKey> find(String kid) {
    return Optional.ofNullable(keys.get(kid)).map(Entry::key);
  }

  /** The key of this name if its JWK carries a certificate. */
  public Optional<PublicKey> findCertified(String kid) {
    return Optional.ofNullable(keys.get(kid)).filter(Entry::hasCertificate).map(Entry::key);
  }

  private static Entry entry(JsonNode jwk) throws MalformedTextException {
    return new Entry(publicKey(jwk), jwk.path("x5c").isArray());
  }

  /**
   * The public RSA key of a JWK: of its certificate where it has one, else spelled by {@code n} and
   * {@code e}.
   *
   * @throws MalformedTextException if there is none
   */
  public static PublicKey publicKey(JsonNode jwk) throws MalformedTextException {
    if (!jwk.path("x5c").isArray()) {
      return rsa(jwk);
    }
    byte[] der = Base64Text.decode(jwk.path("x5c").path(0).asText());
    try {
      PublicKey key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der))
              .getPublicKey();
      if (key instanceof RSAPublicKey) {
        return key;
      }
    } catch (CertificateException e) {
      throw new MalformedTextException("x5c holds no certificate");
    }
    throw new MalformedTextException("a certificate of an RSA key is expected");
  }

  private static PublicKey rsa(JsonNode jwk) throws MalformedTextException {
    BigInteger modulus = new BigInteger(1, Base64Text.decode(jwk.path("n").asText()));
    BigInteger exponent = new BigInteger(1, Base64Text.decode(jwk.path("e").asText()));
    if (modulus.bitLength() < 1024 || modulus.bitLength() > 8192 || exponent.bitLength() > 64) {
      throw new MalformedTextException("an RSA key of 1024 to 8192 bits is expected");
    }
    try {
      return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (GeneralSecurityException e) {
      throw new MalformedTextException("an RSA key is expected");
    }
  }
}
