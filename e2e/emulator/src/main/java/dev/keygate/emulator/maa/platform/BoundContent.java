package dev.keygate.emulator.maa.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.maa.evidence.AppraisalRefusedException;
import dev.keygate.emulator.maa.evidence.EvidenceMembers;
import dev.keygate.evidence.bytes.Bytes;
import java.util.Locale;
import java.util.Optional;

/**
 * Data whose digest the hardware report carries.
 *
 * @param octets as decoded; empty where none were sent
 * @param claim what the token shows of it: JSON as an object, anything else not at all
 */
record BoundContent(Bytes octets, Optional<ObjectNode> claim) {

  private static final BoundContent NONE = new BoundContent(Bytes.EMPTY, Optional.empty());

  static BoundContent read(EvidenceMembers body, String member) throws AppraisalRefusedException {
    JsonNode value = body.raw(member);
    if (value.isMissingNode() || value.isNull()) {
      return NONE;
    }
    EvidenceMembers data = body.child(member);
    Bytes octets = data.bytes("data");
    if (octets.isEmpty()) {
      return NONE;
    }
    return switch (data.text("dataType").toLowerCase(Locale.ROOT)) {
      case "json" -> new BoundContent(octets, Optional.of(json(octets, data)));
      case "binary" -> new BoundContent(octets, Optional.empty());
      default -> throw data.malformed("dataType", "JSON or Binary is expected");
    };
  }

  private static ObjectNode json(Bytes octets, EvidenceMembers data)
      throws AppraisalRefusedException {
    try {
      return Json.parseObject(new String(octets.toArray(), UTF_8));
    } catch (MalformedTextException e) {
      throw data.malformed("data", "a JSON object is expected");
    }
  }
}
