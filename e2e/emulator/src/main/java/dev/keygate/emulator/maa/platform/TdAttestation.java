package dev.keygate.emulator.maa.platform;

import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.Appraised;
import dev.keygate.emulator.maa.evidence.Appraiser;
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
import java.util.function.Supplier;

/**
 * {@code POST /attest/TdxVm}: a TD quote. Its TCB level and revocation are not evaluated. What
 * binds init-time data to a TD is not documented, so such data are refused.
 */
public final class TdAttestation implements Appraiser {

  private static final TdExpectations EXPECTATIONS =
      TdExpectations.strict()
          .acceptMissingRevocationLists()
          .acceptUnknownTcbLevel()
          .allowDebug()
          .allowProfiling()
          .allowMigration();

  private final TdQuoteVerifier verifier;
  private final Supplier<EmptyRuntimeData> emptyRuntimeData;
  private final TdClaims claims;

  /**
   * @param roots whose hardware is believed
   */
  public TdAttestation(
      PinnedRoots roots, Supplier<EmptyRuntimeData> emptyRuntimeData, TdClaims claims) {
    this.verifier = new TdQuoteVerifier(roots);
    this.emptyRuntimeData = emptyRuntimeData;
    this.claims = claims;
  }

  @Override
  public Appraised appraise(String body, Instant now) throws AppraisalRefusedException {
    PlatformBody request = PlatformBody.parse(body);
    try {
      TdQuote quote = TdQuote.parse(request.members().bytes("quote"));
      TdQuoteBody td = verifier.verify(quote, Optional.empty(), EXPECTATIONS, now).body();
      request.requireRuntimeBoundTo(td.reportData(), emptyRuntimeData.get());
      if (!request.initTime().octets().isEmpty()) {
        throw new AppraisalRefusedException("INIT_TIME_DATA", "expected none, found some");
      }
      return request.appraised(claims.of(td));
    } catch (EvidenceFormatException e) {
      throw new AppraisalRefusedException("format", String.valueOf(e.getMessage()));
    } catch (EvidenceVerificationException e) {
      throw new AppraisalRefusedException(
          e.check().name(), "expected " + e.expected() + ", found " + e.found());
    }
  }
}
