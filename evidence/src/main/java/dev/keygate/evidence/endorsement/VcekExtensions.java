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

/**
 * What AMD's extensions of a VCEK certificate say (AMD 57230, "VCEK certificate extensions").
 *
 * @param structVersion 0 for Milan and Genoa, 1 for Turin
 * @param productName the line, for some with a stepping, such as {@code Milan-B0}
 * @param product the line that the name stands for
 * @param tcb the TCB whose key this is, all eight octets, reserved ones included
 * @param hardwareId the chip, 64 octets; 8 for Turin
 */
public record VcekExtensions(
    int structVersion, String productName, SnpProduct product, TcbVersion tcb, Bytes hardwareId) {

  private static final String FORMAT = "VCEK certificate";
  private static final String ARC = "1.3.6.1.4.1.3704.1.";
  private static final String STRUCT_VERSION = ARC + "1";
  private static final String PRODUCT_NAME = ARC + "2";
  private static final String HARDWARE_ID = ARC + "4";

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

  /**
   * Reads the extensions.
   *
   * @throws EvidenceFormatException if one is missing or malformed, the product is unknown, or a
   *     reserved patch level is not zero
   */
  public static VcekExtensions parse(X509Certificate vcek) throws EvidenceFormatException {
    int structVersion =
        DerReader.octetInteger(FORMAT, "structVersion", value(vcek, STRUCT_VERSION));
    String name = DerReader.ia5String(FORMAT, "productName", value(vcek, PRODUCT_NAME));
    SnpProduct product =
        SnpProduct.ofName(name)
            .orElseThrow(() -> invalid("productName", "Milan, Genoa or Turin", name));
    return new VcekExtensions(
        structVersion, name, product, tcb(vcek, product), hardwareId(vcek, product));
  }

  /** The CHIP_ID that a report of this chip carries: the hardware id and zeros, 64 octets. */
  public Bytes expectedChipId() {
    return Bytes.concat(hardwareId, Bytes.zeros(64 - hardwareId.size()));
  }

  private static TcbVersion tcb(X509Certificate vcek, SnpProduct product)
      throws EvidenceFormatException {
    for (String reserved : RESERVED_LEVELS) {
      Optional<Bytes> value = find(vcek, reserved);
      if (value.isPresent() && DerReader.octetInteger(FORMAT, reserved, value.get()) != 0) {
        throw invalid(reserved, "a reserved patch level of 0", value.get().hex());
      }
    }
    long raw = 0;
    for (Map.Entry<TcbComponent, Integer> part : product.tcbLayout().indexes().entrySet()) {
      String oid = Objects.requireNonNull(PATCH_LEVELS.get(part.getKey()));
      int level = DerReader.octetInteger(FORMAT, part.getKey() + " SPL", value(vcek, oid));
      raw |= (long) level << (8 * part.getValue());
    }
    return new TcbVersion(raw);
  }

  /** Most issuers put the raw octets into the extension, some wrap them as an OCTET STRING. */
  private static Bytes hardwareId(X509Certificate vcek, SnpProduct product)
      throws EvidenceFormatException {
    Bytes value = value(vcek, HARDWARE_ID);
    int size = product.hardwareIdBytes();
    Bytes id = value.size() == size ? value : DerReader.octetString(FORMAT, "hwID", value);
    if (id.size() != size) {
      throw invalid("hwID", size + " bytes", id.size() + " bytes");
    }
    return id;
  }

  private static Bytes value(X509Certificate vcek, String oid) throws EvidenceFormatException {
    return find(vcek, oid).orElseThrow(() -> invalid(oid, "an extension", "none"));
  }

  private static Optional<Bytes> find(X509Certificate vcek, String oid)
      throws EvidenceFormatException {
    byte[] wrapped = vcek.getExtensionValue(oid);
    return wrapped == null
        ? Optional.empty()
        : Optional.of(DerReader.octetString(FORMAT, oid, Bytes.copyOf(wrapped)));
  }

  private static EvidenceFormatException invalid(String field, String expected, String found) {
    return new EvidenceFormatException(FORMAT, 0, field, expected, found);
  }
}
