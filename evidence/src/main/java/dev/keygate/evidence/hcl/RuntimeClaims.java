package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.List;
import java.util.Optional;

/**
 * The JSON of an HCL report, whose digest the hardware report carries. Members that are not named
 * here are skipped: the paravisor's releases differ. Only parsing makes one, so that what it says
 * is what its octets say. Immutable.
 */
public final class RuntimeClaims {

  /** The name of the vTPM's attestation key. */
  public static final String ATTESTATION_KEY = "HCLAkPub";

  /** The name of the vTPM's endorsement key. */
  public static final String ENDORSEMENT_KEY = "HCLEkPub";

  private final Bytes raw;
  private final List<RsaJwk> keys;
  private final VmConfiguration vmConfiguration;
  private final Optional<Bytes> userData;

  RuntimeClaims(
      Bytes raw, List<RsaJwk> keys, VmConfiguration vmConfiguration, Optional<Bytes> userData) {
    this.raw = raw;
    this.keys = List.copyOf(keys);
    this.vmConfiguration = vmConfiguration;
    this.userData = userData;
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

  /**
   * The exact octets that are hashed. Whoever needs the JSON again sends these and never a
   * re-serialised form.
   */
  public Bytes raw() {
    return raw;
  }

  /** The RSA keys, each with a different name. */
  public List<RsaJwk> keys() {
    return keys;
  }

  /** How the machine was configured. */
  public VmConfiguration vmConfiguration() {
    return vmConfiguration;
  }

  /** Up to 64 octets that the guest wrote to NV index 0x01400002; see {@link UserData}. */
  public Optional<Bytes> userData() {
    return userData;
  }

  /** The key with this name. */
  public Optional<RsaJwk> key(String kid) {
    return keys.stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  /** The vTPM's attestation key: what links quotes to the hardware report. */
  public Optional<RsaJwk> attestationKey() {
    return key(ATTESTATION_KEY);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuntimeClaims that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  @Override
  public String toString() {
    return "runtime claims of " + raw.size() + " bytes";
  }
}
