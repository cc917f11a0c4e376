package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;

/** The vendor's extension of a PCK certificate while it is made. */
final class PckExtensionDraft {

  static final String OID = "1.2.840.113741.1.13.1";

  private static final int SCALABLE = 1;
  private static final int PCESVN = 17;
  private static final int CPUSVN = 18;

  private final Map<Integer, ASN1Encodable> elements = new LinkedHashMap<>();
  private final Map<Integer, ASN1Encodable> tcb = new LinkedHashMap<>();

  private PckExtensionDraft() {}

  /** The DER of the extension, or nothing for a certificate without it. */
  static Bytes of(SgxPlatform platform, PckDefect defect) {
    PckExtensionDraft draft = new PckExtensionDraft();
    draft.fill(platform);
    draft.apply(defect);
    Bytes der = SoftwareDer.of(draft.sequence(defect));
    return switch (defect) {
      case EXTENSIONS_NO_SEQUENCE -> SoftwareDer.of(new DEROctetString(der.toArray()));
      case EXTENSIONS_WITH_TAIL -> Bytes.concat(der, Bytes.fromHex("0500"));
      default -> der;
    };
  }

  private void fill(SgxPlatform platform) {
    for (int i = 1; i <= platform.components().size(); i++) {
      tcb.put(i, new ASN1Integer(platform.components().get(i - 1)));
    }
    tcb.put(PCESVN, new ASN1Integer(platform.pceSvn()));
    tcb.put(CPUSVN, octets(platform.cpuSvn()));
    elements.put(1, octets(platform.ppid()));
    elements.put(3, octets(Bytes.zeros(2)));
    elements.put(4, octets(platform.fmspc()));
    elements.put(5, new ASN1Enumerated(SCALABLE));
    elements.put(6, octets(Bytes.fromHex("1f".repeat(16))));
    elements.put(7, new DERSequence(pair(OID + ".7.1", ASN1Boolean.TRUE)));
  }

  private void apply(PckDefect defect) {
    switch (defect) {
      case FMSPC_MISSING -> elements.remove(4);
      case FMSPC_SHORT -> elements.put(4, octets(Bytes.zeros(5)));
      case PCEID_OF_OTHER_TYPE -> elements.put(3, new ASN1Integer(0));
      case UNKNOWN_SGX_TYPE -> elements.put(5, new ASN1Enumerated(3));
      case COMPONENT_MISSING -> tcb.remove(16);
      case COMPONENT_TOO_HIGH -> tcb.put(1, new ASN1Integer(256));
      case PCESVN_TOO_HIGH -> tcb.put(PCESVN, new ASN1Integer(65536));
      case CPUSVN_SHORT -> tcb.put(CPUSVN, octets(Bytes.zeros(15)));
      case UNKNOWN_ELEMENT -> elements.put(9, new ASN1Integer(0));
      case WITHOUT_PLATFORM_INSTANCE -> {
        elements.remove(6);
        elements.remove(7);
      }
      default -> {}
    }
  }

  private DERSequence sequence(PckDefect defect) {
    List<ASN1Encodable> pairs = new ArrayList<>();
    elements.forEach((index, value) -> pairs.add(pair(OID + "." + index, value)));
    List<ASN1Encodable> components = new ArrayList<>();
    tcb.forEach((index, value) -> components.add(pair(OID + ".2." + index, value)));
    pairs.add(1, pair(OID + ".2", sequence(components)));
    if (defect == PckDefect.FMSPC_REPEATED) {
      pairs.add(pair(OID + ".4", octets(Bytes.zeros(6))));
    }
    return sequence(pairs);
  }

  private static DERSequence sequence(List<ASN1Encodable> values) {
    return new DERSequence(values.toArray(new ASN1Encodable[0]));
  }

  private static DERSequence pair(String oid, ASN1Encodable value) {
    return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), value});
  }

  private static DEROctetString octets(Bytes value) {
    return new DEROctetString(value.toArray());
  }
}
