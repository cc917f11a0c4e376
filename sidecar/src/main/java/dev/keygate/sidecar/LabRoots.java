package dev.keygate.sidecar;

import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Adds the root of a lab's hardware to those of AMD. */
final class LabRoots {

  private LabRoots() {}

  /**
   * @param pem one certificate
   */
  static PinnedRoots plus(PinnedRoots roots, Path pem) throws RefusedException {
    try (var in = Files.newInputStream(pem)) {
      var root = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return roots.plus(PinnedRoots.digestOf(root.getPublicKey()));
    } catch (IOException | CertificateException unusable) {
      throw new RefusedException(
          Reason.SettingsInvalid,
          "The setting keygate.lab.trust-roots is a folder with a certificate in amd-root.pem; "
              + pem
              + " holds none.",
          unusable);
    }
  }
}
