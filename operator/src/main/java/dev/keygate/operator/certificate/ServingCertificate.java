package dev.keygate.operator.certificate;

/** Where the webhook's certificate comes from. */
public interface ServingCertificate {

  /**
   * The certificate to be shown now. Called again and again; makes or renews one if that is its
   * matter and one is due. Blocks.
   *
   * @throws CertificateUnavailableException if there is none at the moment; what was obtained
   *     before stays in use while it is valid
   */
  ServingMaterial obtain() throws CertificateUnavailableException;
}
