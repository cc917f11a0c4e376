package dev.keygate.azure.attestation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.azure.jose.Base64Url;
import dev.keygate.evidence.bytes.Bytes;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the request as Microsoft's guest attestation client does: the evidence as one JSON text in
 * base64url, in which everything binary is standard base64 with padding but the SNP report.
 */
final class GuestRequestJson {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private GuestRequestJson() {}

  /** The whole body. */
  static String write(GuestAttestationRequest request) {
    ObjectNode body = NODES.objectNode();
    body.put("AttestationInfo", Base64Url.encode(utf8(attestationInfo(request))));
    return body.toString();
  }

  private static ObjectNode attestationInfo(GuestAttestationRequest request) {
    GuestOs os = request.bootState().os();
    ObjectNode node = NODES.objectNode();
    node.put("AttestationProtocolVersion", "2.0");
    node.put("OSType", base64(Bytes.ofUtf8(os.type())));
    node.put("OSDistro", base64(Bytes.ofUtf8(os.distribution())));
    node.put("OSVersionMajor", os.majorVersion());
    node.put("OSVersionMinor", os.minorVersion());
    node.put("OSBuild", base64(Bytes.ofUtf8("NotApplication")));
    node.put("TcgLogs", base64(request.bootState().eventLog()));
    ObjectNode payload = node.putObject("ClientPayload");
    for (Map.Entry<String, String> entry : new TreeMap<>(request.clientPayload()).entrySet()) {
      payload.put(entry.getKey(), base64(Bytes.ofUtf8(entry.getValue())));
    }
    node.set("TpmInfo", tpmInfo(request.tpm()));
    node.set("IsolationInfo", isolationInfo(request.isolation()));
    return node;
  }

  private static ObjectNode tpmInfo(TpmEvidence tpm) {
    ObjectNode node = NODES.objectNode();
    node.put("AikCert", base64(tpm.attestationKey().certificate()));
    node.put("AikPub", base64(tpm.attestationKey().publicArea()));
    node.put("PcrQuote", base64(tpm.quote().attest()));
    node.put("PcrSignature", base64(tpm.quote().signature()));
    ArrayNode set = node.putArray("PcrSet");
    ArrayNode values = node.putArray("PCRs");
    for (GuestPcr pcr : tpm.pcrs()) {
      set.add(pcr.index());
      values.addObject().put("Index", pcr.index()).put("Digest", base64(pcr.digest()));
    }
    TpmEvidence.TransferKey key = tpm.transferKey();
    node.put("EncKeyPub", base64(key.publicArea()));
    node.put("EncKeyCertifyInfo", base64(key.certification().attest()));
    node.put("EncKeyCertifyInfoSignature", base64(key.certification().signature()));
    return node;
  }

  private static ObjectNode isolationInfo(IsolationEvidence isolation) {
    return switch (isolation) {
      case IsolationEvidence.SevSnp snp -> {
        ObjectNode proof = NODES.objectNode();
        proof.put("SnpReport", Base64Url.encode(snp.report()));
        proof.put("VcekCertChain", base64(Bytes.ofUtf8(snp.vcekChainPem())));
        ObjectNode evidence = NODES.objectNode();
        evidence.put("Proof", base64(utf8(proof)));
        evidence.put("RunTimeData", base64(snp.runtimeData()));
        ObjectNode node = NODES.objectNode();
        node.put("Type", "SevSnp");
        node.set("Evidence", evidence);
        yield node;
      }
    };
  }

  private static Bytes utf8(ObjectNode node) {
    return Bytes.ofUtf8(node.toString());
  }

  private static String base64(Bytes octets) {
    return Base64.getEncoder().encodeToString(octets.toArray());
  }
}
