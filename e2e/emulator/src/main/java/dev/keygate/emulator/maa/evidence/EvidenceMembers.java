package dev.keygate.emulator.maa.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.evidence.bytes.Bytes;

/**
 * Reads members of what clients send, as leniently as the shipping clients make necessary: base64
 * in either alphabet, member names in any case.
 *
 * @param json the object
 * @param path where the object is, for the decision log
 */
public record EvidenceMembers(JsonNode json, String path) {

  /** A member that is an object. */
  public EvidenceMembers child(String member) throws AppraisalRefusedException {
    JsonNode value = Json.anyCase(json, member);
    if (!value.isObject()) {
      throw malformed(member, "an object is expected");
    }
    return new EvidenceMembers(value, path + member + ".");
  }

  /** A member of any type; a missing node where absent. */
  public JsonNode raw(String member) {
    return Json.anyCase(json, member);
  }

  /** A member that is a string. */
  public String text(String member) throws AppraisalRefusedException {
    JsonNode value = Json.anyCase(json, member);
    if (!value.isTextual()) {
      throw malformed(member, "a string is expected");
    }
    return value.textValue();
  }

  /** A member that is base64. */
  public Bytes bytes(String member) throws AppraisalRefusedException {
    try {
      return Bytes.copyOf(Base64Text.decode(text(member)));
    } catch (MalformedTextException e) {
      throw malformed(member, "base64 is expected");
    }
  }

  /** A JSON object inside base64 inside a string. */
  public EvidenceMembers enclosed(String member) throws AppraisalRefusedException {
    try {
      ObjectNode object = Json.parseObject(new String(bytes(member).toArray(), UTF_8));
      return new EvidenceMembers(object, path + member + ".");
    } catch (MalformedTextException e) {
      throw malformed(member, "a JSON object in base64 is expected");
    }
  }

  /** The refusal of a member. */
  public AppraisalRefusedException malformed(String member, String expected) {
    return new AppraisalRefusedException("format", path + member + ": " + expected);
  }
}
