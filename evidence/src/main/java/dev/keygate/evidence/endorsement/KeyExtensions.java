package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.snp.SnpKeyInfo.SigningKey;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import java.security.cert.X509Certificate;

/**
 * What AMD's extensions of an endorsement key's certificate say (AMD 57230, "VCEK certificate
 * extensions", "VLEK certificate extensions"). All lie below the arc 1.3.6.1.4.1.3704.1; a patch
 * level is a DER INTEGER, so one of 128 and above takes two octets.
 */
public sealed interface KeyExtensions {

  /** 0 for Milan and Genoa, 1 for Turin. */
  int structVersion();

  /** The line, for some with a stepping, such as {@code Milan-B0}. */
  String productName();

  /** The line that the name stands for. */
  SnpProduct product();

  /** The TCB whose key this is, all eight octets, reserved ones included. */
  TcbVersion tcb();

  /** What SIGNING_KEY of a report must say for this key. */
  SigningKey signingKey();

  /**
   * The key of one chip.
   *
   * @param hardwareId the chip, 64 octets; 8 for Turin
   */
  record Vcek(
      int structVersion, String productName, SnpProduct product, TcbVersion tcb, Bytes hardwareId)
      implements KeyExtensions {

    private static final int CHIP_ID_BYTES = 64;

    @Override
    public SigningKey signingKey() {
      return SigningKey.VCEK;
    }

    /** The CHIP_ID that a report of this chip carries: the hardware id and zeros, 64 octets. */
    public Bytes expectedChipId() {
      return Bytes.concat(hardwareId, Bytes.zeros(CHIP_ID_BYTES - hardwareId.size()));
    }
  }

  /**
   * A key that AMD loaded for a cloud provider: it says whose machine it is, and not which.
   *
   * @param cspId the provider, as AMD names it
   */
  record Vlek(
      int structVersion, String productName, SnpProduct product, TcbVersion tcb, String cspId)
      implements KeyExtensions {

    @Override
    public SigningKey signingKey() {
      return SigningKey.VLEK;
    }
  }

  /**
   * Reads the extensions of a VCEK.
   *
   * @throws EvidenceFormatException if one is missing or malformed, the product is unknown, a
   *     reserved patch level is not zero, or there is an extension that only a VLEK has
   */
  static Vcek ofVcek(X509Certificate vcek) throws EvidenceFormatException {
    return new KeyExtensionsReader("VCEK certificate", vcek).vcek();
  }

  /**
   * Reads the extensions of a VLEK.
   *
   * @throws EvidenceFormatException if one is missing or malformed, the product is unknown, a
   *     reserved patch level is not zero, or there is an extension that only a VCEK has
   */
  static Vlek ofVlek(X509Certificate vlek) throws EvidenceFormatException {
    return new KeyExtensionsReader("VLEK certificate", vlek).vlek();
  }
}
