package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareIntel;
import dev.keygate.evidence.testing.SoftwareTdxPlatform;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/** Software vendors and a machine that the tests of this package share: keys take time to make. */
final class TestPlatform {

  static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOW = MADE.plus(Duration.ofDays(365));
  static final SecureRandom RANDOM = new SecureRandom();

  static final SoftwareAmd MILAN = SoftwareAmd.create(SnpProduct.MILAN, 2048, MADE, RANDOM);

  static final Bytes MILAN_CHIP = Bytes.fromHex("c1".repeat(64));
  static final TcbVersion MILAN_TCB = new TcbVersion(0xDB18000000000004L);

  static final PinnedRoots ROOTS = PinnedRoots.amd().plus(MILAN.arkDigest());

  static final SoftwareIntel INTEL = SoftwareIntel.create(MADE, RANDOM);
  static final SoftwareTdxPlatform EMERALD = INTEL.platform(SgxPlatform.EMERALD);
  static final PinnedRoots INTEL_ROOTS = PinnedRoots.intel().plus(INTEL.rootDigest());

  static final KeyPair ATTESTATION_KEY = rsa();

  private TestPlatform() {}

  static SoftwareVcek milanVcek() {
    return MILAN.vcek(MILAN_CHIP, MILAN_TCB);
  }

  static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, RANDOM);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException(absent);
    }
  }
}
