package dev.keygate.emulator.maa.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.EvidenceMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.verify.EvidenceVerificationException;
import java.time.Instant;
import java.util.Optional;

/** One kind of hardware's evidence: where a body has it, how it is verified and what it says. */
public sealed interface HardwareEvidence permits SnpEvidence, TdEvidence {

  /**
   * What was verified.
   *
   * @param reportData what the requester had bound
   * @param hostData what the host was given at launch; empty where nothing is known to bind that
   * @param claims the token's, still to be completed
   */
  record Verified(Bytes reportData, Optional<Bytes> hostData, ObjectNode claims) {}

  /** Verifies all but what the body binds to it. */
  Verified verify(EvidenceMembers body, Instant now)
      throws AppraisalRefusedException, EvidenceFormatException, EvidenceVerificationException;
}
