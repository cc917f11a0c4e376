package dev.keygate.emulator.maa.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.evidence.bytes.Bytes;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** A key that signs tokens, with a certificate that it signed itself in the issuer's name. */
final class SigningKey {

  private final PrivateKey key;
  private final Bytes certificate;
  private final Bytes publicKey;

  SigningKey(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.publicKey = Bytes.copyOf(certificate.getPublicKey().getEncoded());
    try {
      this.certificate = Bytes.copyOf(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate of the lab has no encoding", e);
    }
  }

  /**
   * Standard base64 of the public key's SHA-256, padding included: the certificate is made anew
   * when the lab starts again, and clients that remember the key are to know it then.
   */
  String kid() {
    return Base64Text.standard(publicKey.sha256().toArray());
  }

  /** As published: the key is in the certificate and nowhere else, as with the real service. */
  ObjectNode jwk() {
    ObjectNode jwk = Json.object().put("kid", kid()).put("kty", "RSA");
    jwk.putArray("x5c").add(Base64Text.standard(certificate.toArray()));
    return jwk;
  }

  String sign(String issuer, ObjectNode claims) {
    ObjectNode header = Json.object().put("alg", "RS256").put("jku", issuer + "/certs");
    return CompactJws.sign(header.put("kid", kid()).put("typ", "JWT"), claims, key);
  }
}
