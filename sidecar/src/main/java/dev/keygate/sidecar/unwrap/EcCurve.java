package dev.keygate.sidecar.unwrap;

import dev.keygate.evidence.bytes.Bytes;
import java.util.Arrays;
import java.util.Optional;

/** The curves on which vaults make keys. */
public enum EcCurve {
  /** NIST P-256. */
  P_256("P-256", "P-256", "2a8648ce3d030107", 32),
  /** secp256k1, which the JDK does not know and RFC 8812 names differently from the vault. */
  P_256K("P-256K", "secp256k1", "2b8104000a", 32),
  /** NIST P-384. */
  P_384("P-384", "P-384", "2b81040022", 48),
  /** NIST P-521. */
  P_521("P-521", "P-521", "2b81040023", 66);

  private final String vaultName;
  private final String joseName;
  private final String oid;
  private final int fieldBytes;

  EcCurve(String vaultName, String joseName, String oid, int fieldBytes) {
    this.vaultName = vaultName;
    this.joseName = joseName;
    this.oid = oid;
    this.fieldBytes = fieldBytes;
  }

  /** The curve that a vault's {@code crv} names. */
  public static Optional<EcCurve> of(String vaultName) {
    return Arrays.stream(values()).filter(c -> c.vaultName.equals(vaultName)).findFirst();
  }

  /** The name that JOSE libraries know. */
  String joseName() {
    return joseName;
  }

  /** The value octets of its object identifier in DER. */
  Bytes oid() {
    return Bytes.fromHex(oid);
  }

  /** The size of a coordinate and of a private key, in bytes. */
  public int fieldBytes() {
    return fieldBytes;
  }
}
