package dev.keygate.evidence.verify;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The one signature algorithm of AMD's certificates and lists: RSASSA-PSS, SHA-384, MGF1, salt 48.
 */
final class PssSignature {

  static final String NAME = "RSASSA-PSS, SHA-384, salt 48";

  private static final String OID = "1.2.840.113549.1.1.10";
  private static final String SHA_384 = "SHA-384";
  private static final int SALT_BYTES = 48;

  private PssSignature() {}

  static boolean isUsedBy(X509Certificate certificate) {
    return isUsed(certificate.getSigAlgOID(), certificate.getSigAlgParams());
  }

  static boolean isUsedBy(X509CRL list) {
    return isUsed(list.getSigAlgOID(), list.getSigAlgParams());
  }

  private static boolean isUsed(String oid, byte @Nullable [] parameters) {
    return OID.equals(oid) && parameters != null && isExpected(parameters);
  }

  private static boolean isExpected(byte[] encoded) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
      parameters.init(encoded);
      PSSParameterSpec spec = parameters.getParameterSpec(PSSParameterSpec.class);
      return SHA_384.equals(spec.getDigestAlgorithm())
          && spec.getMGFParameters() instanceof MGF1ParameterSpec mask
          && SHA_384.equals(mask.getDigestAlgorithm())
          && spec.getSaltLength() == SALT_BYTES;
    } catch (IOException | InvalidParameterSpecException malformed) {
      return false;
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("the Java runtime has no RSASSA-PSS", absent);
    }
  }
}
