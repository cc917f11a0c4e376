package dev.keygate.sidecar.attest;

import dev.keygate.azure.attestation.TokenVerifier;
import dev.keygate.azure.jose.Base64Url;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.sidecar.device.SnpDevice;
import dev.keygate.sidecar.wire.JsonText;
import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.TreeMap;

/**
 * What the processor signs the digest of: our transfer key, as the vault looks for it, and the
 * payload.
 *
 * @param json the exact octets
 */
record SnpRuntimeData(Bytes json) {

  static SnpRuntimeData of(RSAPublicKey transferKey, ClientPayload payload) {
    return new SnpRuntimeData(
        Bytes.ofUtf8(
            JsonText.object(
                json -> {
                  json.writeArrayFieldStart("keys");
                  json.writeStartObject();
                  json.writeStringField("kid", TokenVerifier.SNP_TRANSFER_KEY_ID);
                  json.writeStringField("kty", "RSA");
                  json.writeArrayFieldStart("key_ops");
                  json.writeString("encrypt");
                  json.writeEndArray();
                  json.writeStringField("n", number(transferKey.getModulus()));
                  json.writeStringField("e", number(transferKey.getPublicExponent()));
                  json.writeEndObject();
                  json.writeEndArray();
                  for (var member : new TreeMap<>(payload.members()).entrySet()) {
                    json.writeStringField(member.getKey(), member.getValue());
                  }
                })));
  }

  /** SHA-256, then zeros. */
  Bytes reportData() {
    Bytes digest = json.sha256();
    return Bytes.concat(digest, Bytes.zeros(SnpDevice.REPORT_DATA_BYTES - digest.size()));
  }

  private static String number(BigInteger positive) {
    byte[] octets = positive.toByteArray();
    int sign = octets[0] == 0 ? 1 : 0;
    return Base64Url.encode(Bytes.copyOf(octets, sign, octets.length - sign));
  }
}
