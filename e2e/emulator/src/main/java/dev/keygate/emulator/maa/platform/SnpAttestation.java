package dev.keygate.emulator.maa.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.Appraised;
import dev.keygate.emulator.maa.evidence.Appraiser;
import dev.keygate.emulator.maa.evidence.EvidenceMembers;
import dev.keygate.emulator.maa.evidence.SnpClaims;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import dev.keygate.evidence.verify.SnpExpectations;
import dev.keygate.evidence.verify.SnpReportVerifier;
import dev.keygate.evidence.verify.VerifiedSnpReport;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * {@code POST /attest/SevSnpVm}: an SNP report with its endorsements. Who may debug or migrate the
 * guest, and its privilege level, are the relying party's business: the token says them. The
 * endorsements of a utility virtual machine are not appraised: its measurement is known or it is
 * not.
 */
public final class SnpAttestation implements Appraiser {

  private static final long HIGHEST_VMPL = 3;

  private final SnpReportVerifier verifier;
  private final Supplier<EmptyRuntimeData> emptyRuntimeData;
  private final SnpClaims claims;

  /**
   * @param roots whose hardware is believed
   */
  public SnpAttestation(
      PinnedRoots roots, Supplier<EmptyRuntimeData> emptyRuntimeData, SnpClaims claims) {
    this.verifier = new SnpReportVerifier(roots);
    this.emptyRuntimeData = emptyRuntimeData;
    this.claims = claims;
  }

  @Override
  public Appraised appraise(String body, Instant now) throws AppraisalRefusedException {
    PlatformBody request = PlatformBody.parse(body);
    EvidenceMembers evidence = request.members().enclosed("report");
    requireWellFormedEndorsements(evidence);
    VerifiedSnpReport verified = verify(evidence, now);
    SnpReport report = verified.report();
    request.requireRuntimeBoundTo(report.reportData(), emptyRuntimeData.get());
    request.requireInitTimeBoundTo(report.hostData());
    return request.appraised(claims.of(report, verified.chain().product()));
  }

  private VerifiedSnpReport verify(EvidenceMembers evidence, Instant now)
      throws AppraisalRefusedException {
    try {
      SnpReport report = SnpReport.parse(evidence.bytes("SnpReport"));
      String pem = new String(evidence.bytes("VcekCertChain").toArray(), UTF_8);
      SnpExpectations expectations =
          SnpExpectations.strict()
              .acceptMissingRevocationLists()
              .allowDebug()
              .allowMigration()
              .atVmpl(Math.min(report.vmpl(), HIGHEST_VMPL));
      return verifier.verify(report, EndorsementChain.parsePem(pem), expectations, now);
    } catch (EvidenceFormatException e) {
      throw new AppraisalRefusedException("format", String.valueOf(e.getMessage()));
    } catch (EvidenceVerificationException e) {
      throw new AppraisalRefusedException(
          e.check().name(), "expected " + e.expected() + ", found " + e.found());
    }
  }

  private static void requireWellFormedEndorsements(EvidenceMembers evidence)
      throws AppraisalRefusedException {
    JsonNode sent = evidence.raw("Endorsements");
    if (sent.isMissingNode() || sent.asText().isEmpty()) {
      return;
    }
    EvidenceMembers endorsements = evidence.enclosed("Endorsements");
    JsonNode list = endorsements.raw("Uvm");
    for (JsonNode one : list) {
      try {
        Base64Text.decode(one.asText("%"));
      } catch (MalformedTextException e) {
        throw endorsements.malformed("Uvm", "base64 is expected");
      }
    }
    if (!list.isArray()) {
      throw endorsements.malformed("Uvm", "an array is expected");
    }
  }
}
