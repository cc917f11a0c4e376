package dev.keygate.azure.thim;

import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.snp.TcbVersion;
import java.time.Duration;

/**
 * The endorsement that the host offers for its chip and firmware; unverified.
 *
 * @param pem VCEK, ASK and ARK in PEM, in this order, as an authority takes them
 * @param chain the same, parsed
 * @param tcb for which firmware the VCEK was issued, according to the host: a report's endorsement
 *     only if it equals the report's reported TCB
 * @param cacheFor how long the host lets it be kept
 */
public record AmdCertification(
    String pem, EndorsementChain chain, TcbVersion tcb, Duration cacheFor) {}
