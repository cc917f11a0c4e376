package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The runtime claims of a paravisor while they are made; compact JSON, members in its order. */
final class RuntimeClaimsDraft {

  static final int USER_DATA_BYTES = 64;

  private final List<String> keys = new ArrayList<>();
  private String secureBoot = "true";
  private String vmUniqueId = "00000000-0000-4000-8000-000000000001";
  private @Nullable Bytes userData = Bytes.zeros(USER_DATA_BYTES);

  void key(String kid, String operation, RSAPublicKey key) {
    keys.add(
        "{\"kid\":\""
            + kid
            + "\",\"key_ops\":[\""
            + operation
            + "\"],\"kty\":\"RSA\",\"e\":\""
            + number(key.getPublicExponent().toByteArray())
            + "\",\"n\":\""
            + number(key.getModulus().toByteArray())
            + "\"}");
  }

  void secureBoot(String json) {
    secureBoot = json;
  }

  void vmUniqueId(String guid) {
    vmUniqueId = guid.toUpperCase(Locale.ROOT);
  }

  void userData(@Nullable Bytes value) {
    userData = value;
  }

  Bytes toBytes(HclDefect defect) {
    List<String> named = new ArrayList<>(keys);
    switch (defect) {
      case NO_ATTESTATION_KEY -> named.removeIf(key -> key.contains("HCLAkPub"));
      case TWO_ATTESTATION_KEYS ->
          named.addAll(keys.stream().filter(key -> key.contains("HCLAkPub")).toList());
      default -> {}
    }
    String claims = json(named);
    return switch (defect) {
      case CLAIMS_NOT_JSON -> Bytes.ofUtf8(claims.substring(0, claims.length() - 1));
      case CLAIMS_REPEAT_A_MEMBER -> Bytes.ofUtf8("{\"keys\":[]," + claims.substring(1));
      case CLAIMS_NOT_UTF8 ->
          Bytes.concat(
              Bytes.ofUtf8("{\"x\":\""),
              Bytes.fromHex("c0af"),
              Bytes.ofUtf8("\"," + claims.substring(1)));
      default -> Bytes.ofUtf8(claims);
    };
  }

  private String json(List<String> named) {
    String user =
        userData == null
            ? ""
            : ",\"user-data\":\"" + userData.hex().toUpperCase(Locale.ROOT) + "\"";
    return "{\"keys\":["
        + String.join(",", named)
        + "],\"vm-configuration\":{\"console-enabled\":true,\"secure-boot\":"
        + secureBoot
        + ",\"tpm-enabled\":true,\"vmUniqueId\":\""
        + vmUniqueId
        + "\"}"
        + user
        + "}";
  }

  /** Big-endian without the zero octet that a two's complement may start with. */
  private static String number(byte[] twosComplement) {
    Bytes number = Bytes.copyOf(twosComplement);
    Bytes unsigned = number.at(0) == 0 ? number.slice(1, number.size() - 1) : number;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned.toArray());
  }
}
