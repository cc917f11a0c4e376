package dev.keygate.evidence.fuzz;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.KeyExtensions;
import dev.keygate.evidence.endorsement.PckChain;
import dev.keygate.evidence.endorsement.PckExtensions;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareIntel;
import dev.keygate.evidence.testing.SoftwareTdxPlatform;
import dev.keygate.evidence.testing.SoftwareVcek;
import dev.keygate.evidence.verify.ChainVerifier;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/** Puts any octets in place of the lowest certificate of a chain whose rest is good. */
final class FuzzedChains {

  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();

  static final SoftwareAmd AMD = SoftwareAmd.create(SnpProduct.MILAN, 2048, MADE, RANDOM);
  static final SoftwareVcek VCEK =
      AMD.vcek(Bytes.fromHex("c1".repeat(64)), new TcbVersion(0xDB18000000000004L));
  static final SoftwareIntel INTEL = SoftwareIntel.create(MADE, RANDOM);
  static final SoftwareTdxPlatform EMERALD = INTEL.platform(SgxPlatform.EMERALD);

  private static final ChainVerifier VERIFIER =
      new ChainVerifier(PinnedRoots.amd().plus(AMD.arkDigest()));
  private static final String AMD_ISSUERS = AMD.certificateChainPem();
  private static final String PCK_ISSUERS = issuersOf(EMERALD.chainPem());

  private FuzzedChains() {}

  static void readAndVerifyAmd(Bytes der) throws EvidenceFormatException {
    EndorsementChain chain = EndorsementChain.parsePem(pem(der) + AMD_ISSUERS);
    verify(chain);
    try {
      KeyExtensions.ofVlek(chain.endorsementKey());
    } catch (EvidenceFormatException noVlek) {
      KeyExtensions.ofVcek(chain.endorsementKey());
    }
  }

  static void readAndVerifyPck(Bytes der) throws EvidenceFormatException {
    PckExtensions.parse(PckChain.parsePem(pem(der) + PCK_ISSUERS).pck());
  }

  static void verifyAgainst(RevocationList list) {
    verify(VCEK.chain().with(list));
  }

  private static void verify(EndorsementChain chain) {
    try {
      VERIFIER.verifyAcceptingMissingRevocationLists(chain, NOW);
    } catch (EvidenceVerificationException refused) {
      if (refused.found().isEmpty()) {
        throw new AssertionError("a failure that does not say what was found", refused);
      }
    }
  }

  private static String issuersOf(String chainPem) {
    return chainPem.substring(chainPem.indexOf("-----BEGIN", 1));
  }

  private static String pem(Bytes der) {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, lineEnd).encodeToString(der.toArray())
        + "\n-----END CERTIFICATE-----\n";
  }
}
