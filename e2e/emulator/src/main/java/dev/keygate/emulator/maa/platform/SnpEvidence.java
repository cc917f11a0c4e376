package dev.keygate.emulator.maa.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
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
import java.util.Optional;

/**
 * An SNP report with its endorsements. Who may debug or migrate the guest, and its privilege level,
 * are the relying party's business: the token says them. The endorsements of a utility virtual
 * machine are not appraised: its measurement is known or it is not.
 */
public final class SnpEvidence implements HardwareEvidence {

  private static final long HIGHEST_VMPL = 3;

  private final SnpReportVerifier verifier;
  private final SnpClaims claims;

  /**
   * @param roots whose hardware is believed
   */
  public SnpEvidence(PinnedRoots roots, SnpClaims claims) {
    this.verifier = new SnpReportVerifier(roots);
    this.claims = claims;
  }

  @Override
  public Verified verify(EvidenceMembers body, Instant now)
      throws AppraisalRefusedException, EvidenceFormatException, EvidenceVerificationException {
    EvidenceMembers evidence = body.enclosed("report");
    requireWellFormedEndorsements(evidence);
    SnpReport report = SnpReport.parse(evidence.bytes("SnpReport"));
    String pem = new String(evidence.bytes("VcekCertChain").toArray(), UTF_8);
    SnpExpectations expectations =
        SnpExpectations.strict()
            .acceptMissingRevocationLists()
            .allowDebug()
            .allowMigration()
            .atVmpl(Math.min(report.vmpl(), HIGHEST_VMPL));
    VerifiedSnpReport verified =
        verifier.verify(report, EndorsementChain.parsePem(pem), expectations, now);
    return new Verified(
        report.reportData(),
        Optional.of(report.hostData()),
        claims.of(report, verified.chain().product()));
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
