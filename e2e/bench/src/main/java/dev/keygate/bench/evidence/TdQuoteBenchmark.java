package dev.keygate.bench.evidence;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PckChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.tdx.QeCertification;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdQuoteSignatureData;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareIntel;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.TdExpectations;
import dev.keygate.evidence.verify.TdQuoteVerifier;
import dev.keygate.evidence.verify.VerifiedTdQuote;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One quote of version 4, which carries its chain of three certificates: parsing, certificates
 * included, the whole verification, and, as its bound, the five bare signature verifications that
 * it contains.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TdQuoteBenchmark {

  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final TdExpectations EXPECTED =
      TdExpectations.strict().acceptMissingRevocationLists().acceptUnknownTcbLevel();

  private final SoftwareIntel intel =
      SoftwareIntel.create(Instant.parse("2026-01-01T00:00:00Z"), new SecureRandom());
  private final Bytes octets = TdQuoteBuilder.of(intel.platform(SgxPlatform.EMERALD)).build();
  private final TdQuote quote = parsed(octets);
  private final TdQuoteVerifier verifier =
      new TdQuoteVerifier(PinnedRoots.intel().plus(intel.rootDigest()));

  /** Octets to a quote. */
  @Benchmark
  public TdQuote parse() throws EvidenceFormatException {
    return TdQuote.parse(octets);
  }

  /** A quote to something that is believed. */
  @Benchmark
  public VerifiedTdQuote verify() throws EvidenceVerificationException {
    return verifier.verify(quote, Optional.empty(), EXPECTED, NOW);
  }

  /** Root by itself, CA by root, PCK by CA, QE report by PCK, quote by attestation key. */
  @Benchmark
  public boolean bareSignatures() throws GeneralSecurityException {
    TdQuoteSignatureData data = quote.signatureData();
    QeCertification qe = data.certification();
    PckChain chain = qe.pckChain();
    chain.root().verify(chain.root().getPublicKey());
    chain.ca().verify(chain.root().getPublicKey());
    chain.pck().verify(chain.ca().getPublicKey());
    return qe.signature().isMadeBy((ECPublicKey) chain.pck().getPublicKey(), qe.report().raw())
        && data.signature().isMadeBy(data.attestationKey().publicKey(), quote.signedBytes());
  }

  private static TdQuote parsed(Bytes octets) {
    try {
      return TdQuote.parse(octets);
    } catch (EvidenceFormatException malformed) {
      throw new IllegalStateException("the software platform made no quote", malformed);
    }
  }
}
