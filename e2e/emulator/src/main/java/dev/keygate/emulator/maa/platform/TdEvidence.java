package dev.keygate.emulator.maa.platform;

import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.EvidenceMembers;
import dev.keygate.emulator.maa.evidence.TdClaims;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.tdx.TdQuote;
import dev.keygate.evidence.tdx.TdQuoteBody;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.TdExpectations;
import dev.keygate.evidence.verify.TdQuoteVerifier;
import java.time.Instant;
import java.util.Optional;

/**
 * A TD quote. Its TCB level and revocation are not evaluated. What binds init-time data to a TD is
 * not documented, so nothing does.
 */
public final class TdEvidence implements HardwareEvidence {

  private static final TdExpectations EXPECTATIONS =
      TdExpectations.strict()
          .acceptMissingRevocationLists()
          .acceptUnknownTcbLevel()
          .allowDebug()
          .allowProfiling()
          .allowMigration();

  private final TdQuoteVerifier verifier;
  private final TdClaims claims;

  /**
   * @param roots whose hardware is believed
   */
  public TdEvidence(PinnedRoots roots, TdClaims claims) {
    this.verifier = new TdQuoteVerifier(roots);
    this.claims = claims;
  }

  @Override
  public Verified verify(EvidenceMembers body, Instant now)
      throws AppraisalRefusedException, EvidenceFormatException, EvidenceVerificationException {
    TdQuote quote = TdQuote.parse(body.bytes("quote"));
    TdQuoteBody td = verifier.verify(quote, Optional.empty(), EXPECTATIONS, now).body();
    return new Verified(td.reportData(), Optional.empty(), claims.of(td));
  }
}
