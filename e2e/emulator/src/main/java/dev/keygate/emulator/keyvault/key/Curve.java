package dev.keygate.emulator.keyvault.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.RsaJwk;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** The curves of a vault. */
public enum Curve {
  /** NIST P-256. */
  P_256("P-256", "secp256r1", 32),
  /** SECG secp256k1. */
  P_256K("P-256K", "secp256k1", 32),
  /** NIST P-384. */
  P_384("P-384", "secp384r1", 48),
  /** NIST P-521. */
  P_521("P-521", "secp521r1", 66);

  private final String wireName;
  private final String standardName;
  private final int coordinateBytes;

  Curve(String wireName, String standardName, int coordinateBytes) {
    this.wireName = wireName;
    this.standardName = standardName;
    this.coordinateBytes = coordinateBytes;
  }

  /** The value of {@code crv}. */
  public String wireName() {
    return wireName;
  }

  /** What SECG calls it. */
  public String standardName() {
    return standardName;
  }

  /** Octets of a coordinate, and of each half of a signature. */
  public int coordinateBytes() {
    return coordinateBytes;
  }

  /** The curve of this wire name. */
  public static Optional<Curve> find(String wireName) {
    return Arrays.stream(values()).filter(curve -> curve.wireName.equals(wireName)).findFirst();
  }

  /** A number as long as a coordinate, big-endian. */
  public byte[] octets(BigInteger number) {
    byte[] bare = RsaJwk.unsigned(number);
    byte[] padded = new byte[coordinateBytes];
    System.arraycopy(bare, 0, padded, padded.length - bare.length, bare.length);
    return padded;
  }

  /** The public members of a JWK. */
  ObjectNode members(BigInteger x, BigInteger y) {
    ObjectNode members = Json.object().put("crv", wireName);
    return members.put("x", Base64Text.url(octets(x))).put("y", Base64Text.url(octets(y)));
  }
}
