package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.List;
import java.util.Optional;

/**
 * The JSON of an HCL report, whose digest the hardware report carries. Members that are not named
 * here are skipped: the paravisor's releases differ.
 *
 * @param raw the exact octets; whoever needs the JSON again sends these and never a re-serialised
 *     form
 * @param keys the RSA keys, each with a different name
 * @param vmConfiguration how the machine was configured
 * @param userData up to 64 octets that the guest wrote to NV index 0x01400002
 */
public record RuntimeClaims(
    Bytes raw, List<RsaJwk> keys, VmConfiguration vmConfiguration, Optional<Bytes> userData) {

  /** The name of the vTPM's attestation key. */
  public static final String ATTESTATION_KEY = "HCLAkPub";

  /** The name of the vTPM's endorsement key. */
  public static final String ENDORSEMENT_KEY = "HCLEkPub";

  /** Copies the list. */
  public RuntimeClaims {
    keys = List.copyOf(keys);
  }

  /**
   * Reads the claims.
   *
   * @throws EvidenceFormatException unless they are one JSON object in UTF-8 without repeated
   *     members; its offsets count characters
   */
  public static RuntimeClaims parse(Bytes raw) throws EvidenceFormatException {
    return RuntimeClaimsReader.read(raw);
  }

  /** The key with this name. */
  public Optional<RsaJwk> key(String kid) {
    return keys.stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  /** The vTPM's attestation key: what links quotes to the hardware report. */
  public Optional<RsaJwk> attestationKey() {
    return key(ATTESTATION_KEY);
  }
}
