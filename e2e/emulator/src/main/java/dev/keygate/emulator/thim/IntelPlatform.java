package dev.keygate.emulator.thim;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PckRevocationLists;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareIntel;
import dev.keygate.evidence.testing.SoftwareTcbSigner;
import dev.keygate.evidence.testing.SoftwareTdxPlatform;
import dev.keygate.time.TimeSource;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;

/** The lab's Intel platform and its vendor in software, as far as collateral needs them. */
public final class IntelPlatform {

  private static final String END = "-----END CERTIFICATE-----\n";

  private final SgxPlatform platform;
  private final SoftwareTdxPlatform endorsed;
  private final SoftwareTcbSigner signer;
  private final SoftwareIntel vendor;
  private final TimeSource time;

  /**
   * @param vendor who endorses the platform
   */
  public IntelPlatform(SoftwareIntel vendor, SgxPlatform platform, TimeSource time) {
    this.vendor = vendor;
    this.platform = platform;
    this.time = time;
    this.endorsed = vendor.platform(platform);
    this.signer = vendor.tcbSigner();
  }

  TimeSource time() {
    return time;
  }

  /** Family, model, stepping, platform and SKU: 12 hexadecimal digits. */
  String fmspc() {
    return platform.fmspc().hex();
  }

  SgxPlatform tcb() {
    return platform;
  }

  /** CPUSVN and PCESVN, as {@code SGX-TCBm} has them: 36 hexadecimal digits. */
  String tcbm() {
    return platform.cpuSvn().hex()
        + ByteWriter.littleEndian().u16(platform.pceSvn()).toBytes().hex();
  }

  /** The PCK's certificate, PEM. */
  String pckPem() {
    String chain = endorsed.chainPem();
    return chain.substring(0, chain.indexOf(END) + END.length());
  }

  /** The CA of the PCK and the root, PEM. */
  String pckIssuersPem() {
    return endorsed.chainPem().substring(pckPem().length());
  }

  /** Who signs TCB information, and the root, PEM. */
  String signersPem() {
    return signer.chainPem();
  }

  /** The list of the platform CA, DER. */
  Bytes caRevocations() {
    return encoded(lists().ofCa().list());
  }

  /** The list of the root, DER. */
  Bytes rootRevocations() {
    return encoded(lists().ofRoot().list());
  }

  /** A signature over the very octets that are served. */
  Bytes sign(String text) {
    return signer.sign(Bytes.ofUtf8(text));
  }

  private PckRevocationLists lists() {
    return vendor.revocationLists(time.now()).build(endorsed);
  }

  private static Bytes encoded(X509CRL list) {
    try {
      return Bytes.copyOf(list.getEncoded());
    } catch (CRLException e) {
      throw new IllegalStateException("a list of the lab has no encoding", e);
    }
  }
}
