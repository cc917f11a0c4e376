package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads text that holds certificates in PEM and, apart from white space, nothing else. */
final class PemCertificates {

  static final int MAX_TEXT_CHARS = 64 * 1024;

  private static final String FORMAT = "certificate chain";

  private static final Pattern BLOCK =
      Pattern.compile(
          "\\s*+-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]++)-----END CERTIFICATE-----\\s*+");

  private PemCertificates() {}

  /** Exactly {@code count} certificates in the order of the text. */
  static List<X509Certificate> parse(String pem, int count) throws EvidenceFormatException {
    if (pem.length() > MAX_TEXT_CHARS) {
      throw invalid(0, "size", "at most " + MAX_TEXT_CHARS + " characters", "" + pem.length());
    }
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(pem);
    int position = 0;
    while (position < pem.length()) {
      block.region(position, pem.length());
      if (!block.lookingAt()) {
        throw invalid(position, "PEM block", "a BEGIN CERTIFICATE block", "something else");
      }
      if (certificates.size() == count) {
        throw invalid(position, "count", count + " certificates", "more");
      }
      certificates.add(decode(block.group(1), position));
      position = block.end();
    }
    if (certificates.size() != count) {
      throw invalid(position, "count", count + " certificates", "" + certificates.size());
    }
    return List.copyOf(certificates);
  }

  private static X509Certificate decode(String base64, int position)
      throws EvidenceFormatException {
    try {
      String text = base64.replaceAll("\\s", "");
      byte[] der = Base64.getDecoder().decode(text);
      if (!Base64.getEncoder().encodeToString(der).equals(text)) {
        throw invalid(position, "PEM block", "base64 with its unused bits zero", "others");
      }
      DerReader.requireOneElement(der, FORMAT);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (IllegalArgumentException notBase64) {
      throw invalid(position, "PEM block", "base64", "something else");
    } catch (CertificateException malformed) {
      throw invalid(position, "certificate", "an X.509 certificate", "malformed DER");
    }
  }

  private static EvidenceFormatException invalid(
      int position, String field, String expected, String found) {
    return new EvidenceFormatException(FORMAT, position, field, expected, found);
  }
}
