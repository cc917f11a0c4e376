package dev.keygate.azure.attestation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.jose.Base64Url;
import dev.keygate.evidence.bytes.Bytes;

/**
 * The evidence of a guest that is attested by its processor alone, for {@code POST
 * /attest/SevSnpVm}.
 *
 * @param report the SNP report, 1184 bytes
 * @param vcekChainPem VCEK, ASK and ARK in PEM, in this order
 * @param runtimeData JSON whose SHA-256 is the first half of REPORT_DATA; the token carries it
 */
public record SnpAttestationRequest(Bytes report, String vcekChainPem, Bytes runtimeData) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** The whole body; everything binary is base64url without padding, as the interface says. */
  String json() {
    ObjectNode evidence = NODES.objectNode();
    evidence.put("SnpReport", Base64Url.encode(report));
    evidence.put("VcekCertChain", Base64Url.encode(Bytes.ofUtf8(vcekChainPem)));
    ObjectNode body = NODES.objectNode();
    body.put("report", Base64Url.encode(Bytes.ofUtf8(evidence.toString())));
    ObjectNode runtime = body.putObject("runtimeData");
    runtime.put("data", Base64Url.encode(runtimeData));
    runtime.put("dataType", "JSON");
    return body.toString();
  }
}
