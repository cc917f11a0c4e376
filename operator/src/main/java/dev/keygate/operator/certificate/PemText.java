package dev.keygate.operator.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates and private keys as RFC 7468 text, and the older key formats that issuers write. */
final class PemText {

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemText() {}

  /**
   * Reads one or more certificates.
   *
   * @param name what the text is called in the failure
   */
  static List<X509Certificate> certificates(String name, String text)
      throws CertificateFormatException {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new CertificateFormatException(name + " has no certificate", null);
      }
      return certificates;
    } catch (CertificateException e) {
      throw new CertificateFormatException(name + " is no list of PEM certificates", e);
    }
  }

  /**
   * Reads a private key without a pass phrase: PKCS #8, PKCS #1 or SEC 1.
   *
   * @param name what the text is called in the failure
   */
  static PrivateKey privateKey(String name, String text) throws CertificateFormatException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return switch (parser.readObject()) {
        case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
        case PrivateKeyInfo key -> converter.getPrivateKey(key);
        case null, default ->
            throw new CertificateFormatException(name + " is no PEM private key", null);
      };
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      // PEMException is an IOException; damaged structures inside reach us as the other two.
      throw new CertificateFormatException(name + " is no PEM private key", e);
    }
  }

  static String of(List<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        text.append(block("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("a certificate that was read has an encoding", e);
      }
    }
    return text.toString();
  }

  static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  private static String block(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + LINES.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
