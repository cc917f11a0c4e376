package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbComponent;
import dev.keygate.evidence.snp.TcbVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;

/** The vendor's extensions of VCEK and VLEK certificates, by object identifier. */
final class KeyExtensionDraft {

  static final String ARC = "1.3.6.1.4.1.3704.1.";
  static final String PRODUCT_NAME = ARC + "2";
  static final String RESERVED_LEVEL_5 = ARC + "3.5";
  static final String MICROCODE_LEVEL = ARC + "3.8";
  static final String HARDWARE_ID = ARC + "4";
  static final String CSP_ID = ARC + "5";

  private static final Map<TcbComponent, String> LEVELS =
      Map.of(
          TcbComponent.BOOTLOADER, ARC + "3.1",
          TcbComponent.TEE, ARC + "3.2",
          TcbComponent.SNP, ARC + "3.3",
          TcbComponent.MICROCODE, MICROCODE_LEVEL,
          TcbComponent.FMC, ARC + "3.9");

  private KeyExtensionDraft() {}

  static Map<String, Bytes> ofVcek(SnpProduct product, Bytes hardwareId, TcbVersion tcb) {
    Map<String, Bytes> values = ofBoth(product, nameOf(product), tcb);
    values.put(HARDWARE_ID, hardwareId);
    return values;
  }

  static Map<String, Bytes> ofVlek(SnpProduct product, String cspId, TcbVersion tcb) {
    Map<String, Bytes> values = ofBoth(product, product.vendorName(), tcb);
    values.put(CSP_ID, text(cspId));
    return values;
  }

  private static Map<String, Bytes> ofBoth(SnpProduct product, String name, TcbVersion tcb) {
    Map<String, Bytes> values = new LinkedHashMap<>();
    values.put(ARC + "1", integer(product == SnpProduct.TURIN ? 1 : 0));
    values.put(PRODUCT_NAME, text(name));
    if (product != SnpProduct.TURIN) {
      values.put(ARC + "3.4", integer(0));
    }
    values.put(RESERVED_LEVEL_5, integer(0));
    values.put(ARC + "3.6", integer(0));
    values.put(ARC + "3.7", integer(0));
    for (TcbComponent component : product.tcbLayout().indexes().keySet()) {
      int level = tcb.patchLevel(product.tcbLayout(), component).orElseThrow();
      String oid = LEVELS.get(component);
      if (oid == null) {
        throw new IllegalStateException("no extension for " + component);
      }
      values.put(oid, integer(level));
    }
    return values;
  }

  /** The DER of an INTEGER: 128 and above take two octets. */
  static Bytes integer(int value) {
    return SoftwareDer.of(new ASN1Integer(value));
  }

  static Bytes text(String value) {
    return SoftwareDer.of(new DERIA5String(value));
  }

  static Bytes octetString(Bytes value) {
    return SoftwareDer.of(new DEROctetString(value.toArray()));
  }

  private static String nameOf(SnpProduct product) {
    return product == SnpProduct.MILAN ? "Milan-B0" : product.vendorName();
  }
}
