package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Issues a VLEK certificate with a defect.
 *
 * @param ark the root
 * @param ask the issuer of chips' keys
 * @param asvk the issuer of providers' keys
 * @param defect what goes wrong
 */
record VlekIssuance(
    SoftwareAuthority ark, SoftwareAuthority ask, SoftwareAuthority asvk, VlekDefect defect) {

  X509Certificate issue(SnpProduct product, PublicKey key, String cspId, TcbVersion tcb) {
    Instant issuedAt = ark.certificate().getNotBefore().toInstant();
    Map<String, Bytes> extensions = KeyExtensionDraft.ofVlek(product, cspId, tcb);
    CertificateDraft draft = CertificateDraft.vlek(product, key, issuedAt).extensions(extensions);
    switch (defect) {
      case ISSUED_BY_ASK -> draft.issuedBy("SEV-" + product.vendorName());
      case PROVIDER_MISSING -> draft.without(KeyExtensionDraft.CSP_ID);
      case PROVIDER_EMPTY -> draft.extension(KeyExtensionDraft.CSP_ID, KeyExtensionDraft.text(""));
      case HARDWARE_ID_STATED ->
          draft.extension(KeyExtensionDraft.HARDWARE_ID, Bytes.zeros(product.hardwareIdBytes()));
      case NAMED_VCEK -> draft.named("SEV-VCEK");
      case MICROCODE_LEVEL_MISSING -> draft.without(KeyExtensionDraft.MICROCODE_LEVEL);
      case OTHER_PRODUCT ->
          draft.extension(
              KeyExtensionDraft.PRODUCT_NAME,
              KeyExtensionDraft.text(product == SnpProduct.MILAN ? "Genoa" : "Milan"));
      case EXPIRED -> draft.until(issuedAt.plus(Duration.ofDays(1)));
      case NONE, SIGNED_BY_ARK -> {}
    }
    return switch (defect) {
      case ISSUED_BY_ASK -> draft.sign(ask.key());
      case SIGNED_BY_ARK -> draft.sign(ark.key());
      default -> draft.sign(asvk.key());
    };
  }

  /** The certificate that stands above the VLEK's in the chain. */
  X509Certificate issuingCertificate() {
    return defect == VlekDefect.ISSUED_BY_ASK ? ask.certificate() : asvk.certificate();
  }
}
