package dev.keygate.azure.thim;

import dev.keygate.azure.json.JsonFormatException;
import dev.keygate.azure.json.JsonMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import java.time.Duration;
import java.util.Base64;

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
    String pem, EndorsementChain chain, TcbVersion tcb, Duration cacheFor) {

  /** The largest side file that is read, in characters. */
  public static final int SIDE_FILE_LIMIT_CHARS = 128 * 1024;

  private static final long CACHE_LIMIT_SECONDS = 7 * 86_400;

  /**
   * Reads the side file {@code host-amd-cert-base64} of a container group, which has no metadata
   * service: the same JSON that the host's agent serves, in base64.
   *
   * @throws RefusedException {@code CollateralMalformed} if it is anything else
   */
  public static AmdCertification parseSideFile(String base64) throws RefusedException {
    if (base64.length() > SIDE_FILE_LIMIT_CHARS) {
      throw refused("at most " + SIDE_FILE_LIMIT_CHARS + " characters, found more");
    }
    try {
      byte[] json = Base64.getDecoder().decode(base64.strip());
      return read(JsonMembers.parse(Bytes.copyOf(json)));
    } catch (IllegalArgumentException notBase64) {
      throw refused("base64, found something else");
    } catch (JsonFormatException | EvidenceFormatException malformed) {
      throw refused("AMD collateral: " + malformed.getMessage());
    }
  }

  /** Reads the members in any case. */
  static AmdCertification read(JsonMembers json)
      throws JsonFormatException, EvidenceFormatException {
    JsonMembers body = json.withLowerCaseNames();
    String vcek = body.text("vcekcert");
    String pem = vcek.endsWith("\n") ? vcek : vcek + "\n";
    pem += body.text("certificatechain");
    long seconds = body.optionalNumber("cachecontrol").orElse(0L);
    return new AmdCertification(
        pem,
        EndorsementChain.parsePem(pem),
        TcbVersion.parse(body.text("tcbm")),
        Duration.ofSeconds(Math.clamp(seconds, 0, CACHE_LIMIT_SECONDS)));
  }

  private static RefusedException refused(String expected) {
    return new RefusedException(
        Reason.CollateralMalformed, "host-amd-cert-base64 is expected to hold " + expected);
  }
}
