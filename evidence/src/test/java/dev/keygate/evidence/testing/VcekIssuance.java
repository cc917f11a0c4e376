package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Issues a VCEK certificate with a defect.
 *
 * @param product the processor line of the authorities
 * @param ark the root
 * @param ask the issuer
 * @param defect what goes wrong
 */
record VcekIssuance(
    SnpProduct product, SoftwareAuthority ark, SoftwareAuthority ask, EndorsementDefect defect) {

  private static final ASN1ObjectIdentifier NOBODYS =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.3704.9");
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Bytes CA = Bytes.fromHex("30060101ff020100");
  private static final Bytes NO_CA = Bytes.fromHex("3000");
  private static final Bytes ONLY_CRL_SIGN = Bytes.fromHex("03020102");

  String curve() {
    return defect == EndorsementDefect.ON_P256 ? "secp256r1" : "secp384r1";
  }

  X509Certificate issue(PublicKey key, Map<String, Bytes> extensions) {
    CertificateDraft draft = CertificateDraft.vcek(product, key, issuedAt()).extensions(extensions);
    changeFrame(draft);
    changeExtensions(draft);
    X509Certificate signed =
        switch (defect) {
          case ISSUED_BY_ARK, SIGNED_BY_ARK -> draft.sign(ark.key());
          case SIGNED_WITH_SHA256 -> draft.sign(PssContentSigner.sha256(ask.key()));
          default -> draft.sign(ask.key());
        };
    return defect == EndorsementDefect.SIGNATURE_BIT_FLIPPED
        ? CertificateDraft.withLastBitFlipped(signed)
        : signed;
  }

  /** The certificate that stands above the VCEK's in the chain. */
  X509Certificate issuingCertificate() {
    CertificateDraft draft =
        CertificateDraft.ask(product, ask.certificate().getPublicKey(), issuedAt());
    return switch (defect) {
      case ISSUED_BY_ARK -> ark.certificate();
      case ISSUER_IS_NO_CA -> draft.critical(Extension.basicConstraints, NO_CA).sign(ark.key());
      case ISSUER_MAY_NOT_SIGN_CERTIFICATES ->
          draft.critical(Extension.keyUsage, ONLY_CRL_SIGN).sign(ark.key());
      case ISSUER_EXPIRED -> draft.until(issuedAt().plus(A_DAY)).sign(ark.key());
      case ROOT_OF_OTHER_PRODUCT -> draft.issuedBy("ARK-" + otherProduct()).sign(ark.key());
      default -> ask.certificate();
    };
  }

  /** The certificate at the end of the chain. */
  X509Certificate rootCertificate() {
    String other = "ARK-" + otherProduct();
    return switch (defect) {
      case ROOT_IS_NO_CA ->
          CertificateDraft.ark(product, ark.certificate().getPublicKey(), issuedAt())
              .critical(Extension.basicConstraints, NO_CA)
              .sign(ark.key());
      case ROOT_SIGNATURE_BIT_FLIPPED -> CertificateDraft.withLastBitFlipped(ark.certificate());
      case ROOT_OF_OTHER_PRODUCT ->
          CertificateDraft.ark(product, ark.certificate().getPublicKey(), issuedAt())
              .named(other)
              .issuedBy(other)
              .sign(ark.key());
      default -> ark.certificate();
    };
  }

  private Instant issuedAt() {
    return ask.certificate().getNotBefore().toInstant();
  }

  private void changeFrame(CertificateDraft draft) {
    switch (defect) {
      case ISSUED_BY_ARK -> draft.issuedBy("ARK-" + product.vendorName());
      case OTHER_ISSUER_NAME -> draft.issuedBy("SEV-Other");
      case IS_CA -> draft.critical(Extension.basicConstraints, CA);
      case NAMED_VLEK -> draft.named("SEV-VLEK");
      case UNKNOWN_CRITICAL_EXTENSION -> draft.critical(NOBODYS, Bytes.fromHex("0500"));
      case EXPIRED -> draft.until(issuedAt().plus(A_DAY));
      case NOT_YET_VALID -> draft.from(issuedAt().plus(SoftwareAmd.VCEK_LIFETIME).minus(A_DAY));
      default -> {}
    }
  }

  private void changeExtensions(CertificateDraft draft) {
    switch (defect) {
      case MICROCODE_LEVEL_MISSING -> draft.without(KeyExtensionDraft.MICROCODE_LEVEL);
      case MICROCODE_LEVEL_TOO_HIGH ->
          draft.extension(KeyExtensionDraft.MICROCODE_LEVEL, KeyExtensionDraft.integer(256));
      case MICROCODE_LEVEL_NEGATIVE ->
          draft.extension(KeyExtensionDraft.MICROCODE_LEVEL, KeyExtensionDraft.integer(-1));
      case MICROCODE_LEVEL_PADDED ->
          draft.extension(KeyExtensionDraft.MICROCODE_LEVEL, Bytes.fromHex("02020073"));
      case PROVIDER_STATED ->
          draft.extension(KeyExtensionDraft.CSP_ID, KeyExtensionDraft.text("Contoso"));
      case RESERVED_LEVEL_SET ->
          draft.extension(KeyExtensionDraft.RESERVED_LEVEL_5, KeyExtensionDraft.integer(1));
      case UNKNOWN_PRODUCT ->
          draft.extension(KeyExtensionDraft.PRODUCT_NAME, KeyExtensionDraft.text("Rome"));
      case OTHER_PRODUCT ->
          draft.extension(KeyExtensionDraft.PRODUCT_NAME, KeyExtensionDraft.text(otherProduct()));
      case SHORT_HARDWARE_ID -> draft.extension(KeyExtensionDraft.HARDWARE_ID, Bytes.zeros(7));
      case WRAPPED_HARDWARE_ID -> draft.wrapExtension(KeyExtensionDraft.HARDWARE_ID);
      default -> {}
    }
  }

  private String otherProduct() {
    return product == SnpProduct.MILAN ? "Genoa" : "Milan";
  }
}
