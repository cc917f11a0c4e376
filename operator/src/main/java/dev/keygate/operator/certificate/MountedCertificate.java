package dev.keygate.operator.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A certificate that somebody else, such as cert-manager, keeps in a folder. Who makes it also
 * tells the API server to trust it.
 */
public final class MountedCertificate implements ServingCertificate {

  private final Path directory;

  /**
   * @param directory with {@code tls.crt} and {@code tls.key}
   */
  public MountedCertificate(Path directory) {
    this.directory = directory;
  }

  @Override
  public ServingMaterial obtain() throws CertificateUnavailableException {
    try {
      return ServingMaterial.parse(read("tls.crt"), read("tls.key"));
    } catch (CertificateFormatException e) {
      throw new CertificateUnavailableException(
          "The folder " + directory + " holds no certificate to show: " + e.getMessage(), e);
    }
  }

  private String read(String name) throws CertificateUnavailableException {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException e) {
      throw new CertificateUnavailableException(
          "The folder "
              + directory
              + " has no readable "
              + name
              + ": mount the Secret of the webhook's Certificate there",
          e);
    }
  }
}
