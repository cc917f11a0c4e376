package dev.keygate.emulator.maa.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.Appraised;
import dev.keygate.emulator.maa.evidence.Appraised.Delivery;
import dev.keygate.emulator.maa.evidence.EvidenceMembers;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import java.util.Optional;

/**
 * What the bodies of both kinds have beside the evidence.
 *
 * @param members the whole body
 * @param runtime bound to the report by its requester
 * @param initTime bound to the report by the host at launch
 * @param nonce a string or a number, for the token as it is
 * @param draft the text of a draft policy
 */
record PlatformBody(
    EvidenceMembers members,
    BoundContent runtime,
    BoundContent initTime,
    Optional<JsonNode> nonce,
    Optional<String> draft) {

  private static final int DIGEST_BYTES = 32;

  static PlatformBody parse(String body) throws AppraisalRefusedException {
    try {
      EvidenceMembers members = new EvidenceMembers(Json.parseObject(body), "");
      return new PlatformBody(
          members,
          BoundContent.read(members, "runtimeData"),
          BoundContent.read(members, "initTimeData"),
          nonce(members),
          draft(members));
    } catch (MalformedTextException e) {
      throw new AppraisalRefusedException("format", "a JSON object is expected");
    }
  }

  private static Optional<JsonNode> nonce(EvidenceMembers members)
      throws AppraisalRefusedException {
    JsonNode nonce = members.raw("nonce");
    if (nonce.isMissingNode() || nonce.isNull()) {
      return Optional.empty();
    }
    if (!nonce.isTextual() && !nonce.isIntegralNumber()) {
      throw members.malformed("nonce", "a string or a number is expected");
    }
    return Optional.of(nonce);
  }

  private static Optional<String> draft(EvidenceMembers members) throws AppraisalRefusedException {
    JsonNode draft = members.raw("draftPolicyForAttestation");
    return draft.isMissingNode() || draft.isNull()
        ? Optional.empty()
        : Optional.of(members.text("draftPolicyForAttestation"));
  }

  /** The first half of the report data is the digest of the runtime data. */
  void requireRuntimeBoundTo(Bytes reportData, EmptyRuntimeData empty)
      throws AppraisalRefusedException {
    if (runtime.octets().isEmpty() && empty == EmptyRuntimeData.UNBOUND) {
      return;
    }
    requireDigest("RUNTIME_DATA", runtime, reportData.slice(0, DIGEST_BYTES));
  }

  /**
   * What the host was given at launch, if the client sends it; nobody may claim what is unbound.
   */
  void requireInitTimeBoundTo(Optional<Bytes> hostData) throws AppraisalRefusedException {
    if (initTime.octets().isEmpty()) {
      return;
    }
    if (hostData.isEmpty()) {
      throw new AppraisalRefusedException("INIT_TIME_DATA", "expected none, found some");
    }
    requireDigest("INIT_TIME_DATA", initTime, hostData.get());
  }

  private static void requireDigest(String check, BoundContent data, Bytes found)
      throws AppraisalRefusedException {
    Bytes expected = Digest.SHA256.of(data.octets());
    if (!expected.equals(found)) {
      throw new AppraisalRefusedException(
          check, "expected " + expected.hex() + ", found " + found.hex());
    }
  }

  Appraised appraised(ObjectNode claims) {
    runtime.claim().ifPresent(json -> claims.set("x-ms-runtime", json));
    initTime.claim().ifPresent(json -> claims.set("x-ms-inittime", json));
    nonce.ifPresent(value -> claims.set("nonce", value));
    Delivery delivery = draft.isPresent() ? new Delivery.Draft(draft.get()) : new Delivery.Signed();
    String machine = claims.at("/x-ms-runtime/vm-configuration/vmUniqueId").asText();
    return new Appraised(claims, machine, delivery);
  }
}
