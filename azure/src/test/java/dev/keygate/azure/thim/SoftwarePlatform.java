package dev.keygate.azure.thim;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** A vendor and a chip in software, which tests of this package share: keys take time to make. */
final class SoftwarePlatform {

  static final SoftwareAmd AMD =
      SoftwareAmd.create(
          SnpProduct.MILAN, 2048, Instant.parse("2026-01-01T00:00:00Z"), new SecureRandom());
  static final PinnedRoots ROOTS = PinnedRoots.amd().plus(AMD.arkDigest());
  static final Bytes CHIP = Bytes.fromHex("c1".repeat(64));
  static final TcbVersion TCB = new TcbVersion(0xDB18000000000004L);
  static final TcbVersion NEWER_TCB = new TcbVersion(0xDC18000000000004L);
  static final SoftwareVcek VCEK = AMD.vcek(CHIP, TCB);
  static final AmdPlatform PLATFORM = AmdPlatform.of(report(VCEK));

  private SoftwarePlatform() {}

  static SnpReport report(SoftwareVcek vcek) {
    return parsed(SnpReportBuilder.of(vcek).build());
  }

  static SnpReport parsed(Bytes report) {
    try {
      return SnpReport.parse(report);
    } catch (EvidenceFormatException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  /** What a source serves for this key. */
  static AmdCertification certification(SoftwareVcek vcek, Duration cacheFor) {
    return new AmdCertification(vcek.chainPem(), vcek.chain(), vcek.tcb(), cacheFor);
  }
}
