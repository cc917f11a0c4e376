package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A processor vendor in software: a root (ARK) and signing keys (ASK, ASVK), all RSA, that endorse
 * chips' keys (VCEK) and providers' keys (VLEK) on P-384, and the root's revocation list, with
 * names, extensions and signatures in the vendor's shape. Safe for use by several threads.
 */
public final class SoftwareAmd {

  /** The size of the vendor's own RSA keys; takes seconds to generate. */
  public static final int VENDOR_KEY_SIZE_BITS = 4096;

  static final Duration VCEK_LIFETIME = Duration.ofDays(7 * 365);

  /** Longer than the vendor's year, so that tests have one present for both kinds of keys. */
  static final Duration VLEK_LIFETIME = Duration.ofDays(2 * 365);

  private final SnpProduct product;
  private final SoftwareAuthority ark;
  private final SoftwareAuthority ask;
  private final SecureRandom random;
  private final Map<ChipAndTcb, SoftwareVcek> issued = new ConcurrentHashMap<>();
  private final Map<SnpProduct, SoftwareAuthority> asvk = new ConcurrentHashMap<>();

  SoftwareAmd(
      SnpProduct product, SoftwareAuthority ark, SoftwareAuthority ask, SecureRandom random) {
    this.product = product;
    this.ark = ark;
    this.ask = ask;
    this.random = random;
  }

  /**
   * Makes both keys and certificates, valid for 25 years from {@code notBefore}.
   *
   * @param rsaKeySizeBits {@link #VENDOR_KEY_SIZE_BITS} to be shaped like the vendor, 2048 to be
   *     quick
   */
  public static SoftwareAmd create(
      SnpProduct product, int rsaKeySizeBits, Instant notBefore, SecureRandom random) {
    KeyPair arkKey = SoftwareKeys.rsa(rsaKeySizeBits, random);
    KeyPair askKey = SoftwareKeys.rsa(rsaKeySizeBits, random);
    X509Certificate ark =
        CertificateDraft.ark(product, arkKey.getPublic(), notBefore).sign(arkKey.getPrivate());
    X509Certificate ask =
        CertificateDraft.ask(product, askKey.getPublic(), notBefore).sign(arkKey.getPrivate());
    return new SoftwareAmd(
        product,
        new SoftwareAuthority(arkKey.getPrivate(), ark),
        new SoftwareAuthority(askKey.getPrivate(), ask),
        random);
  }

  /** The processor line that this vendor makes. */
  public SnpProduct product() {
    return product;
  }

  /**
   * The key of a chip at a TCB. As with the vendor it is a function of both: asking again gives the
   * same key and certificate, and the same key after a restart on the vendor's kept keys.
   *
   * @param hardwareId 64 octets, for Turin 8
   */
  public SoftwareVcek vcek(Bytes hardwareId, TcbVersion tcb) {
    return issued.computeIfAbsent(
        new ChipAndTcb(hardwareId, tcb),
        chip -> {
          VcekIssuance issuance = new VcekIssuance(product, ark, ask, EndorsementDefect.NONE);
          return issue(chip, issuance, SoftwareKeys.ec(issuance.curve(), seed(chip)));
        });
  }

  /** A new key of a chip at a TCB whose endorsement has a defect. */
  public SoftwareVcek defectiveVcek(Bytes hardwareId, TcbVersion tcb, EndorsementDefect defect) {
    VcekIssuance issuance = new VcekIssuance(product, ark, ask, defect);
    KeyPair key = SoftwareKeys.ec(issuance.curve(), random);
    return issue(new ChipAndTcb(hardwareId, tcb), issuance, key);
  }

  /** Only this vendor can make it. */
  private byte[] seed(ChipAndTcb chip) {
    return Bytes.concat(
            Bytes.copyOf(ask.key().getEncoded()), chip.hardwareId(), Bytes.ofUtf8(chip.tcb().hex()))
        .sha384()
        .toArray();
  }

  /** A new key that is loaded for a provider, at a TCB. */
  public SoftwareVlek vlek(String cspId, TcbVersion tcb) {
    return defectiveVlek(cspId, tcb, VlekDefect.NONE);
  }

  /** A new key that is loaded for a provider, whose endorsement has a defect. */
  public SoftwareVlek defectiveVlek(String cspId, TcbVersion tcb, VlekDefect defect) {
    VlekIssuance issuance = new VlekIssuance(ark, ask, asvk(), defect);
    KeyPair key = SoftwareKeys.ec("secp384r1", random);
    X509Certificate vlek = issuance.issue(product, key.getPublic(), cspId, tcb);
    String issuersPem = Pem.certificate(issuance.issuingCertificate()) + arkPem();
    return new SoftwareVlek(
        product, tcb, new IssuedKey(key.getPrivate(), vlek, issuersPem, revocationList()));
  }

  /** The root's list, which revokes nothing, valid as long as the root is. */
  public RevocationList revocationList() {
    return revocationList(AmdRevocationDefect.NONE);
  }

  /** The root's list with a defect. */
  public RevocationList revocationList(AmdRevocationDefect defect) {
    return new AmdRevocationDraft(ark, ask, defect).issue();
  }

  /** The root certificate, PEM with a final line break. */
  public String arkPem() {
    return Pem.certificate(ark.certificate());
  }

  /** ASK and ARK, PEM, as the host's certificate service calls {@code certificateChain}. */
  public String certificateChainPem() {
    return Pem.certificate(ask.certificate()) + arkPem();
  }

  /** SHA-256 of the root's SubjectPublicKeyInfo: what a laboratory names as its root. */
  public Bytes arkDigest() {
    return PinnedRoots.digestOf(ark.certificate().getPublicKey());
  }

  SoftwareAuthority ark() {
    return ark;
  }

  SoftwareAuthority ask() {
    return ask;
  }

  /** Made when it is first used: most of what is made has no use for it. */
  private SoftwareAuthority asvk() {
    return asvk.computeIfAbsent(
        product,
        line -> {
          int bits = ((RSAPublicKey) ark.certificate().getPublicKey()).getModulus().bitLength();
          KeyPair key = SoftwareKeys.rsa(bits, random);
          Instant from = ark.certificate().getNotBefore().toInstant();
          return new SoftwareAuthority(
              key.getPrivate(), CertificateDraft.asvk(line, key.getPublic(), from).sign(ark.key()));
        });
  }

  private SoftwareVcek issue(ChipAndTcb chip, VcekIssuance issuance, KeyPair key) {
    Map<String, Bytes> extensions =
        KeyExtensionDraft.ofVcek(product, chip.hardwareId(), chip.tcb());
    X509Certificate vcek = issuance.issue(key.getPublic(), extensions);
    String issuersPem =
        Pem.certificate(issuance.issuingCertificate())
            + Pem.certificate(issuance.rootCertificate());
    return new SoftwareVcek(
        new SoftwareVcek.Chip(product, chip.hardwareId(), chip.tcb()),
        new IssuedKey(key.getPrivate(), vcek, issuersPem, revocationList()));
  }

  private record ChipAndTcb(Bytes hardwareId, TcbVersion tcb) {}
}
