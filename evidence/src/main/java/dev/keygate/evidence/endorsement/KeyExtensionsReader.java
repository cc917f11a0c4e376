package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbComponent;
import dev.keygate.evidence.snp.TcbVersion;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads the extensions of one certificate. */
final class KeyExtensionsReader {

  private static final String ARC = "1.3.6.1.4.1.3704.1.";
  private static final String STRUCT_VERSION = ARC + "1";
  private static final String PRODUCT_NAME = ARC + "2";
  private static final String HARDWARE_ID = ARC + "4";
  private static final String CSP_ID = ARC + "5";
  private static final int MAX_CSP_ID_BYTES = 64;

  private static final Map<TcbComponent, String> PATCH_LEVELS =
      Map.of(
          TcbComponent.BOOTLOADER, ARC + "3.1",
          TcbComponent.TEE, ARC + "3.2",
          TcbComponent.SNP, ARC + "3.3",
          TcbComponent.MICROCODE, ARC + "3.8",
          TcbComponent.FMC, ARC + "3.9");

  /** spl4 to spl7, which Milan, Genoa and Turin reserve; Turin issues no spl4. */
  private static final String[] RESERVED_LEVELS = {
    ARC + "3.4", ARC + "3.5", ARC + "3.6", ARC + "3.7"
  };

  private final String format;
  private final X509Certificate certificate;

  KeyExtensionsReader(String format, X509Certificate certificate) {
    this.format = format;
    this.certificate = certificate;
  }

  KeyExtensions.Vcek vcek() throws EvidenceFormatException {
    requireAbsent(CSP_ID);
    String name = productName();
    SnpProduct product = product(name);
    return new KeyExtensions.Vcek(
        structVersion(), name, product, tcb(product), hardwareId(product));
  }

  KeyExtensions.Vlek vlek() throws EvidenceFormatException {
    requireAbsent(HARDWARE_ID);
    String name = productName();
    SnpProduct product = product(name);
    return new KeyExtensions.Vlek(structVersion(), name, product, tcb(product), cspId());
  }

  private int structVersion() throws EvidenceFormatException {
    return DerReader.octetInteger(format, "structVersion", value(STRUCT_VERSION));
  }

  private String productName() throws EvidenceFormatException {
    return DerReader.ia5String(format, "productName", value(PRODUCT_NAME));
  }

  private SnpProduct product(String name) throws EvidenceFormatException {
    return SnpProduct.ofName(name)
        .orElseThrow(() -> invalid("productName", "Milan, Genoa or Turin", name));
  }

  private TcbVersion tcb(SnpProduct product) throws EvidenceFormatException {
    for (String reserved : RESERVED_LEVELS) {
      requireZero(reserved);
    }
    if (!product.tcbLayout().indexes().containsKey(TcbComponent.FMC)) {
      requireZero(Objects.requireNonNull(PATCH_LEVELS.get(TcbComponent.FMC)));
    }
    long raw = 0;
    for (Map.Entry<TcbComponent, Integer> part : product.tcbLayout().indexes().entrySet()) {
      String oid = Objects.requireNonNull(PATCH_LEVELS.get(part.getKey()));
      int level = DerReader.octetInteger(format, part.getKey() + " SPL", value(oid));
      raw |= (long) level << (8 * part.getValue());
    }
    return new TcbVersion(raw);
  }

  /** Most issuers put the raw octets into the extension, some wrap them as an OCTET STRING. */
  private Bytes hardwareId(SnpProduct product) throws EvidenceFormatException {
    Bytes value = value(HARDWARE_ID);
    int size = product.hardwareIdBytes();
    Bytes id = value.size() == size ? value : DerReader.octetString(format, "hwID", value);
    if (id.size() != size) {
      throw invalid("hwID", size + " bytes", id.size() + " bytes");
    }
    return id;
  }

  private String cspId() throws EvidenceFormatException {
    Bytes value = value(CSP_ID);
    String id = DerReader.ia5String(format, "cspID", value);
    if (id.isEmpty() || id.length() > MAX_CSP_ID_BYTES) {
      throw invalid(
          "cspID", "1 to " + MAX_CSP_ID_BYTES + " characters", Integer.toString(id.length()));
    }
    return id;
  }

  private void requireZero(String level) throws EvidenceFormatException {
    Optional<Bytes> value = find(level);
    if (value.isPresent() && DerReader.octetInteger(format, level, value.get()) != 0) {
      throw invalid(level, "a patch level of 0", value.get().hex());
    }
  }

  private void requireAbsent(String oid) throws EvidenceFormatException {
    if (find(oid).isPresent()) {
      throw invalid(oid, "no such extension in this kind of certificate", "one");
    }
  }

  private Bytes value(String oid) throws EvidenceFormatException {
    return find(oid).orElseThrow(() -> invalid(oid, "an extension", "none"));
  }

  private Optional<Bytes> find(String oid) throws EvidenceFormatException {
    byte[] wrapped = certificate.getExtensionValue(oid);
    return wrapped == null
        ? Optional.empty()
        : Optional.of(DerReader.octetString(format, oid, Bytes.copyOf(wrapped)));
  }

  private EvidenceFormatException invalid(String field, String expected, String found) {
    return new EvidenceFormatException(format, 0, field, expected, found);
  }
}
