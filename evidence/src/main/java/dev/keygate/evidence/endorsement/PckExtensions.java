package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Intel's extension 1.2.840.113741.1.13.1 of a PCK certificate says (Intel SGX PCK Certificate
 * and Certificate Revocation List Profile Specification, "SGX Extensions"). Elements that are not
 * named here, such as the configuration of a platform with several packages, are skipped.
 *
 * @param ppid the platform provisioning id, 16 octets
 * @param tcb the TCB whose key the PCK is
 * @param pceId the provisioning certification enclave, 2 octets
 * @param fmspc family, model, stepping, platform and SKU, 6 octets: selects Intel's TCB info
 * @param sgxType how the platform protects memory
 * @param platformInstanceId which platform of several packages, 16 octets; absent for others
 */
public record PckExtensions(
    Bytes ppid,
    SgxTcb tcb,
    Bytes pceId,
    Bytes fmspc,
    SgxType sgxType,
    Optional<Bytes> platformInstanceId) {

  private static final String FORMAT = "PCK certificate";
  private static final String OID = "1.2.840.113741.1.13.1";

  /** The object identifier's content octets: those of the elements continue it. */
  private static final String ARC = "2a864886f84d010d01";

  private static final String TCB = ARC + "02";
  private static final int PCESVN = 17;
  private static final int CPUSVN = 18;
  private static final int MAX_ELEMENTS = 32;
  private static final int MAX_COMPONENT = 0xFF;
  private static final int MAX_PCESVN = 0xFFFF;

  /**
   * Reads the extension.
   *
   * @throws EvidenceFormatException if it or one of its elements is missing, repeated or malformed
   */
  public static PckExtensions parse(X509Certificate pck) throws EvidenceFormatException {
    byte[] wrapped = pck.getExtensionValue(OID);
    if (wrapped == null) {
      throw new EvidenceFormatException(FORMAT, 0, "SGX Extensions", "an extension", "none");
    }
    Bytes value = DerReader.octetString(FORMAT, "SGX Extensions", Bytes.copyOf(wrapped));
    DerPairs pairs = DerPairs.read(FORMAT, "SGX Extensions", value, MAX_ELEMENTS);
    return new PckExtensions(
        octets(pairs, ARC + "01", "PPID", 16),
        tcb(pairs),
        octets(pairs, ARC + "03", "PCEID", 2),
        octets(pairs, ARC + "04", "FMSPC", 6),
        sgxType(pairs),
        pairs.has(ARC + "06")
            ? Optional.of(octets(pairs, ARC + "06", "Platform Instance ID", 16))
            : Optional.empty());
  }

  private static SgxTcb tcb(DerPairs pairs) throws EvidenceFormatException {
    DerPairs tcb = DerPairs.read(FORMAT, "TCB", pairs.value(TCB, "TCB"), MAX_ELEMENTS);
    List<Integer> components = new ArrayList<>();
    for (int i = 1; i <= SgxTcb.COMPONENTS; i++) {
      components.add(number(tcb, i, "SGX TCB Comp" + i + " SVN", MAX_COMPONENT));
    }
    return new SgxTcb(
        components,
        number(tcb, PCESVN, "PCESVN", MAX_PCESVN),
        octets(tcb, TCB + Bytes.copyOf(new byte[] {CPUSVN}).hex(), "CPUSVN", 16));
  }

  private static int number(DerPairs tcb, int index, String field, int max)
      throws EvidenceFormatException {
    String oid = TCB + Bytes.copyOf(new byte[] {(byte) index}).hex();
    return DerReader.unsignedInteger(FORMAT, field, tcb.value(oid, field), max);
  }

  private static SgxType sgxType(DerPairs pairs) throws EvidenceFormatException {
    Bytes value = pairs.value(ARC + "05", "SGX Type");
    int code = DerReader.enumerated(FORMAT, "SGX Type", value, MAX_COMPONENT);
    for (SgxType type : SgxType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw new EvidenceFormatException(FORMAT, 0, "SGX Type", "0, 1 or 2", Integer.toString(code));
  }

  private static Bytes octets(DerPairs pairs, String oid, String field, int size)
      throws EvidenceFormatException {
    Bytes octets = DerReader.octetString(FORMAT, field, pairs.value(oid, field));
    if (octets.size() != size) {
      throw new EvidenceFormatException(
          FORMAT, 0, field, size + " bytes", octets.size() + " bytes");
    }
    return octets;
  }
}
