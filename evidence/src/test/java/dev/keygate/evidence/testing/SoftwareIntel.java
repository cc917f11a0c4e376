package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A processor vendor in software: an SGX root and a platform CA, both on P-256, that endorse the
 * provisioning certification keys (PCK) of platforms, with names, extensions and signatures in the
 * vendor's shape. Safe for use by several threads.
 */
public final class SoftwareIntel {

  static final String ROOT = "Intel SGX Root CA";
  static final String PLATFORM_CA = "Intel SGX PCK Platform CA";
  static final String PROCESSOR_CA = "Intel SGX PCK Processor CA";
  static final String PCK = "Intel SGX PCK Certificate";
  static final Duration PCK_LIFETIME = Duration.ofDays(7 * 365);

  private final SoftwareAuthority root;
  private final SoftwareAuthority ca;
  private final SecureRandom random;
  private final AtomicLong serials = new AtomicLong(0x30000);

  private SoftwareIntel(SoftwareAuthority root, SoftwareAuthority ca, SecureRandom random) {
    this.root = root;
    this.ca = ca;
    this.random = random;
  }

  /** Makes both keys and certificates, valid for 25 years from {@code notBefore}. */
  public static SoftwareIntel create(Instant notBefore, SecureRandom random) {
    KeyPair rootKey = SoftwareKeys.ec("secp256r1", random);
    KeyPair caKey = SoftwareKeys.ec("secp256r1", random);
    X509Certificate root =
        CertificateDraft.sgxRoot(rootKey.getPublic(), notBefore)
            .sign(EcContentSigner.sha256(rootKey.getPrivate()));
    X509Certificate ca =
        CertificateDraft.sgxCa(caKey.getPublic(), notBefore)
            .sign(EcContentSigner.sha256(rootKey.getPrivate()));
    return new SoftwareIntel(
        new SoftwareAuthority(rootKey.getPrivate(), root),
        new SoftwareAuthority(caKey.getPrivate(), ca),
        random);
  }

  /** A platform with a new PCK and a quoting enclave that has a new attestation key. */
  public SoftwareTdxPlatform platform(SgxPlatform platform) {
    return defectivePlatform(platform, PckDefect.NONE);
  }

  /** The same, but with an endorsement that has a defect. */
  public SoftwareTdxPlatform defectivePlatform(SgxPlatform platform, PckDefect defect) {
    PckIssuance issuance = new PckIssuance(root, ca, serials.getAndIncrement(), defect);
    KeyPair pck = SoftwareKeys.ec(issuance.curve(), random);
    X509Certificate certificate =
        issuance.issue(pck.getPublic(), PckExtensionDraft.of(platform, defect));
    return new SoftwareTdxPlatform(
        pck.getPrivate(), SoftwareKeys.ec("secp256r1", random), certificate, issuance);
  }

  /** A new key that signs TCB information, under a certificate of the root. */
  public SoftwareTcbSigner tcbSigner() {
    KeyPair pair = SoftwareKeys.ec("secp256r1", random);
    X509Certificate certificate =
        CertificateDraft.pck(pair.getPublic(), root.certificate().getNotBefore().toInstant())
            .named("Intel SGX TCB Signing")
            .issuedBy(ROOT)
            .serial(serials.getAndIncrement())
            .sign(EcContentSigner.sha256(root.key()));
    return new SoftwareTcbSigner(new SoftwareAuthority(pair.getPrivate(), certificate), root);
  }

  /** Lists on which nobody stands, issued a day before {@code now} and valid for thirty days. */
  public PckRevocationBuilder revocationLists(Instant now) {
    return new PckRevocationBuilder(root, ca, now);
  }

  /** The root certificate, PEM with a final line break. */
  public String rootPem() {
    return Pem.certificate(root.certificate());
  }

  /** SHA-256 of the root's SubjectPublicKeyInfo: what a laboratory names as its root. */
  public Bytes rootDigest() {
    return PinnedRoots.digestOf(root.certificate().getPublicKey());
  }
}
