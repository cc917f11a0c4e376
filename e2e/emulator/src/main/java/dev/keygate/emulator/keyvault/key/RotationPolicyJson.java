package dev.keygate.emulator.keyvault.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A rotation policy as the vault writes and reads it. Durations are ISO 8601 in whole days. */
public final class RotationPolicyJson {

  private static final int MAX_ACTIONS = 10;
  private static final int MAX_MONTHS = 12_000;

  private RotationPolicyJson() {}

  static ObjectNode write(RotationPolicy policy) {
    ObjectNode json = Json.object();
    ArrayNode actions = json.putArray("lifetimeActions");
    for (LifetimeAction action : policy.actions()) {
      ObjectNode one = actions.addObject();
      one.putObject("trigger").put(action.trigger().member(), action.distance().toString());
      one.putObject("action").put("type", action.type().wireName());
    }
    ObjectNode attributes = json.putObject("attributes");
    policy.expiry().ifPresent(expiry -> attributes.put("expiryTime", expiry.toString()));
    policy.created().ifPresent(at -> attributes.put("created", at));
    policy.updated().ifPresent(at -> attributes.put("updated", at));
    return json;
  }

  /**
   * Reads the policy; unknown members are ignored.
   *
   * @throws MalformedTextException saying which member is not as expected
   */
  public static RotationPolicy read(JsonNode json) throws MalformedTextException {
    JsonNode list = json.path("lifetimeActions");
    boolean isAbsent = list.isMissingNode() || list.isNull();
    if ((!list.isArray() && !isAbsent) || list.size() > MAX_ACTIONS) {
      throw new MalformedTextException("lifetimeActions: a short array is expected");
    }
    List<LifetimeAction> actions = new ArrayList<>();
    for (JsonNode action : list) {
      actions.add(action(action));
    }
    JsonNode attributes = json.path("attributes");
    return new RotationPolicy(
        period(attributes, "expiryTime"),
        actions,
        seconds(attributes, "created"),
        seconds(attributes, "updated"));
  }

  private static LifetimeAction action(JsonNode json) throws MalformedTextException {
    LifetimeAction.Type type =
        LifetimeAction.Type.find(json.path("action").path("type").asText())
            .orElseThrow(() -> new MalformedTextException("action.type: Rotate or Notify"));
    JsonNode trigger = json.path("trigger");
    Optional<Period> after = period(trigger, LifetimeAction.Trigger.TIME_AFTER_CREATE.member());
    Optional<Period> before = period(trigger, LifetimeAction.Trigger.TIME_BEFORE_EXPIRY.member());
    if (after.isPresent() == before.isPresent()) {
      throw new MalformedTextException("trigger: one of timeAfterCreate and timeBeforeExpiry");
    }
    return after.isPresent()
        ? new LifetimeAction(type, LifetimeAction.Trigger.TIME_AFTER_CREATE, after.get())
        : new LifetimeAction(type, LifetimeAction.Trigger.TIME_BEFORE_EXPIRY, before.orElseThrow());
  }

  private static Optional<Period> period(JsonNode json, String member)
      throws MalformedTextException {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.asText();
    try {
      Period period = Period.parse(text);
      if (value.isTextual() && period.toTotalMonths() <= MAX_MONTHS && !period.isNegative()) {
        return Optional.of(period);
      }
    } catch (DateTimeException e) {
      throw new MalformedTextException(member + ": a duration in days is expected");
    }
    throw new MalformedTextException(member + ": a duration in days is expected");
  }

  private static Optional<Long> seconds(JsonNode json, String member) {
    JsonNode value = json.path(member);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? Optional.of(value.longValue())
        : Optional.empty();
  }
}
