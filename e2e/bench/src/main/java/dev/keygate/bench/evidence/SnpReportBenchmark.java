package dev.keygate.bench.evidence;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareVcek;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.SnpExpectations;
import dev.keygate.evidence.verify.SnpReportVerifier;
import dev.keygate.evidence.verify.VerifiedSnpReport;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One report of 1184 octets and its chain of three certificates, with vendor-sized keys: parsing,
 * the whole verification, and, as its bound, the five bare signature verifications that it
 * contains.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SnpReportBenchmark {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final SoftwareAmd amd =
      SoftwareAmd.create(
          SnpProduct.MILAN,
          SoftwareAmd.VENDOR_KEY_SIZE_BITS,
          Instant.parse("2026-01-01T00:00:00Z"),
          new SecureRandom());
  private final SoftwareVcek vcek =
      amd.vcek(
          Bytes.concat(Bytes.ofUtf8("chip").sha256(), Bytes.ofUtf8("chip").sha256()),
          new TcbVersion(0xDB18_0000_0000_0004L));
  private final EndorsementChain chain = vcek.chain();
  private final RevocationList revocations = chain.revocations().orElseThrow();
  private final Bytes octets = SnpReportBuilder.of(vcek).build();
  private final SnpReport report = parsed(octets);
  private final SnpReportVerifier verifier =
      new SnpReportVerifier(PinnedRoots.amd().plus(amd.arkDigest()));

  /** Octets to a report. */
  @Benchmark
  public SnpReport parse() throws EvidenceFormatException {
    return SnpReport.parse(octets);
  }

  /** A report and its chain to something that is believed. */
  @Benchmark
  public VerifiedSnpReport verify() throws EvidenceVerificationException {
    return verifier.verify(report, chain, SnpExpectations.strict(), NOW);
  }

  /** Root by itself, ASK by root, VCEK by ASK, revocation list by root, report by VCEK. */
  @Benchmark
  public boolean bareSignatures() throws GeneralSecurityException {
    chain.root().verify(chain.root().getPublicKey());
    chain.intermediate().verify(chain.root().getPublicKey());
    chain.endorsementKey().verify(chain.intermediate().getPublicKey());
    revocations.list().verify(chain.root().getPublicKey());
    return report
        .signature()
        .isMadeBy((ECPublicKey) chain.endorsementKey().getPublicKey(), report.signedBytes());
  }

  private static SnpReport parsed(Bytes octets) {
    try {
      return SnpReport.parse(octets);
    } catch (EvidenceFormatException malformed) {
      throw new IllegalStateException("the software platform made no report", malformed);
    }
  }
}
