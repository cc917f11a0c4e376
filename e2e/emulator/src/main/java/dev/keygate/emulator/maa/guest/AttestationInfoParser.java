package dev.keygate.emulator.maa.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.EvidenceMembers;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.endorsement.EndorsementChain;
import dev.keygate.evidence.hcl.HardwareSlot;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.hcl.HclRequestType;
import dev.keygate.evidence.hcl.RuntimeClaims;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.RsassaSignature;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.verify.CvmEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the body of {@code POST /attest/AzureGuest}. */
final class AttestationInfoParser {

  private static final int MAX_SIGNATURE_BYTES = 512;
  private static final int NAME_BYTES = 34;

  private AttestationInfoParser() {}

  static GuestEvidence parse(String body) throws AppraisalRefusedException {
    try {
      EvidenceMembers outer = new EvidenceMembers(Json.parseObject(body), "");
      return parse(outer.enclosed("AttestationInfo"));
    } catch (MalformedTextException e) {
      throw new AppraisalRefusedException("format", "a JSON object is expected");
    } catch (EvidenceFormatException e) {
      throw new AppraisalRefusedException("format", String.valueOf(e.getMessage()));
    }
  }

  private static GuestEvidence parse(EvidenceMembers info)
      throws AppraisalRefusedException, EvidenceFormatException {
    if (!info.text("AttestationProtocolVersion").equals("2.0")) {
      throw info.malformed("AttestationProtocolVersion", "2.0 is expected");
    }
    EvidenceMembers isolation = info.child("IsolationInfo");
    if (!isolation.text("Type").equals("SevSnp")) {
      throw isolation.malformed("Type", "SevSnp is expected");
    }
    EvidenceMembers evidence = isolation.child("Evidence");
    EvidenceMembers proof = evidence.enclosed("Proof");
    EvidenceMembers tpm = info.child("TpmInfo");
    HclReport hcl =
        new HclReport(
            new HardwareSlot.Snp(SnpReport.parse(proof.bytes("SnpReport"))),
            HclRequestType.AK_CERT,
            Digest.SHA256,
            RuntimeClaims.parse(evidence.bytes("RunTimeData")));
    return new GuestEvidence(
        description(info),
        new CvmEvidence(
            hcl, attestationKey(tpm), signed(tpm, "PcrQuote", "PcrSignature"), pcrs(tpm)),
        EndorsementChain.parsePem(new String(proof.bytes("VcekCertChain").toArray(), UTF_8)),
        tpm.bytes("AikCert"),
        TpmPublic.parseSized(tpm.bytes("EncKeyPub")),
        signed(tpm, "EncKeyCertifyInfo", "EncKeyCertifyInfoSignature"),
        info.bytes("TcgLogs"));
  }

  // One of the shipping clients sends all that TPM2_ReadPublic answered: the key's name and
  // qualified name follow it. Nothing else may.
  private static TpmPublic attestationKey(EvidenceMembers tpm)
      throws AppraisalRefusedException, EvidenceFormatException {
    Bytes sent = tpm.bytes("AikPub");
    int namesBytes = 2 * (Short.BYTES + NAME_BYTES);
    int areaBytes = sent.size() - namesBytes;
    if (areaBytes < Short.BYTES || sizedBytes(sent) != areaBytes) {
      return TpmPublic.parseSized(sent);
    }
    TpmPublic key = TpmPublic.parseSized(sent.slice(0, areaBytes));
    Bytes name = ByteWriter.bigEndian().sized16(key.name()).toBytes();
    if (!sent.slice(areaBytes, name.size()).equals(name)) {
      throw tpm.malformed("AikPub", "the name of the key before it is expected");
    }
    return key;
  }

  private static int sizedBytes(Bytes sized) {
    return Short.BYTES + (sized.at(0) << 8 | sized.at(1));
  }

  private static SignedAttest signed(EvidenceMembers tpm, String statement, String signature)
      throws AppraisalRefusedException {
    Bytes value = tpm.bytes(signature);
    if (value.isEmpty() || value.size() > MAX_SIGNATURE_BYTES) {
      throw tpm.malformed(signature, "an RSA signature is expected");
    }
    return new SignedAttest(tpm.bytes(statement), new RsassaSignature(value));
  }

  private static PcrValues pcrs(EvidenceMembers tpm) throws AppraisalRefusedException {
    Map<Integer, Bytes> values = new TreeMap<>();
    for (JsonNode pcr : tpm.raw("PCRs")) {
      EvidenceMembers one = new EvidenceMembers(pcr, "TpmInfo.PCRs.");
      int index = index(one.raw("Index"), tpm);
      Bytes digest = one.bytes("Digest");
      if (digest.size() != PcrValues.PCR_BYTES || values.put(index, digest) != null) {
        throw tpm.malformed("PCRs", "32 bytes for each index, once, are expected");
      }
    }
    List<Integer> set = new ArrayList<>();
    for (JsonNode index : tpm.raw("PcrSet")) {
      set.add(index(index, tpm));
    }
    if (!PcrSelection.of(set).equals(PcrSelection.of(values.keySet()))) {
      throw tpm.malformed("PcrSet", "the indices of PCRs are expected");
    }
    return PcrValues.of(values);
  }

  private static int index(JsonNode node, EvidenceMembers tpm) throws AppraisalRefusedException {
    int index = node.isIntegralNumber() ? node.asInt(-1) : -1;
    if (index < 0 || index >= PcrSelection.PCR_COUNT) {
      throw tpm.malformed("PCRs", "an index from 0 to 23 is expected");
    }
    return index;
  }

  private static GuestDescription description(EvidenceMembers info)
      throws AppraisalRefusedException {
    JsonNode payload = info.raw("ClientPayload");
    if (!payload.isMissingNode() && !payload.isNull() && !payload.isObject()) {
      throw info.malformed("ClientPayload", "an object is expected");
    }
    return new GuestDescription(
        info.bytes("OSType").utf8(),
        info.bytes("OSDistro").utf8(),
        info.bytes("OSBuild").utf8(),
        info.raw("OSVersionMajor").asText("0"),
        info.raw("OSVersionMinor").asText("0"),
        payload instanceof ObjectNode object ? object : Json.object());
  }
}
