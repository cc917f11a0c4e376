package dev.keygate.emulator.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads one fault:
 *
 * <pre>
 *   host, method, path     which requests; a vault or Managed HSM by its name in place of the host
 *   operation              of a vault, in place of method and path: release, all
 *   effect                 status (where absent), delay, drip, truncate, reset, content-type,
 *                          wrong-nonce, replay, expired-certificate, wrong-clock
 *   fromCall, count, seconds   from which call on, how often, how long
 *   status, retryAfterSeconds  of the effect status; 429 where absent
 *   milliseconds           of delay, and between two parts of drip
 *   bytes                  of a part of drip, and before the end of truncate
 *   contentType, offsetSeconds of content-type, wrong-clock
 * </pre>
 *
 * No other member is allowed, and none that belongs to another effect.
 */
public final class FaultText {

  private static final Set<String> ROUTE = Set.of("host", "method", "path", "vault", "operation");
  private static final Set<String> LIMITS = Set.of("effect", "fromCall", "count", "seconds");

  private static final Map<String, Set<String>> EFFECTS =
      Map.of(
          "status", Set.of("status", "retryAfterSeconds"),
          "delay", Set.of("milliseconds"),
          "drip", Set.of("bytes", "milliseconds"),
          "truncate", Set.of("bytes"),
          "reset", Set.of(),
          "content-type", Set.of("contentType"),
          "wrong-nonce", Set.of(),
          "replay", Set.of(),
          "expired-certificate", Set.of(),
          "wrong-clock", Set.of("offsetSeconds"));

  private final ObjectNode body;
  private final VaultHosts vaults;

  private FaultText(ObjectNode body, VaultHosts vaults) {
    this.body = body;
    this.vaults = vaults;
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming the member that is not as expected
   */
  public static Fault read(ObjectNode body, VaultHosts vaults) {
    FaultText text = new FaultText(body, vaults);
    String effect = body.has("effect") ? text.required("effect") : "status";
    Set<String> own = EFFECTS.get(effect);
    if (own == null) {
      throw new IllegalArgumentException("effect: one of " + new TreeSet<>(EFFECTS.keySet()));
    }
    body.fieldNames().forEachRemaining(member -> requireKnown(member, effect, own));
    Fault.Limits limits =
        new Fault.Limits(text.number("fromCall").orElse(1), text.number("count"), text.seconds());
    return new Fault(text.route(), text.effect(effect), limits);
  }

  private static void requireKnown(String member, String effect, Set<String> own) {
    if (!ROUTE.contains(member) && !LIMITS.contains(member) && !own.contains(member)) {
      throw new IllegalArgumentException(member + ": unknown where the effect is " + effect);
    }
  }

  private FaultRoute route() {
    if (body.has("operation")) {
      return ofOperation();
    }
    if (body.has("vault") && !body.has("path")) {
      throw new IllegalArgumentException("operation: release or all is expected, or a path");
    }
    FaultRoute any = FaultRoute.of(host(), Json.text(body, "path").orElse(".*"));
    return body.has("method") ? any.only(required("method")) : any;
  }

  private FaultRoute ofOperation() {
    if (!body.has("vault")) {
      throw new IllegalArgumentException("operation: belongs to a vault");
    }
    if (body.has("path") || body.has("method")) {
      throw new IllegalArgumentException("operation: either that, or method and path");
    }
    return switch (required("operation")) {
      case "all" -> FaultRoute.all(host());
      case "release" -> FaultRoute.of(host(), ".*/release/?");
      default -> throw new IllegalArgumentException("operation: release or all is expected");
    };
  }

  private String host() {
    if (!body.has("vault")) {
      return required("host");
    }
    if (body.has("host")) {
      throw new IllegalArgumentException("vault: either that, or host");
    }
    return vaults.hostOf(required("vault").toLowerCase(Locale.ROOT));
  }

  private FaultEffect effect(String name) {
    return switch (name) {
      case "status" -> new FaultEffect.Status(number("status").orElse(429), retryAfter());
      case "delay" -> new FaultEffect.Delay(milliseconds());
      case "drip" -> new FaultEffect.Drip(requiredNumber("bytes"), milliseconds());
      case "truncate" -> new FaultEffect.Truncate(requiredNumber("bytes"));
      case "reset" -> new FaultEffect.Reset();
      case "content-type" -> new FaultEffect.ContentType(required("contentType"));
      case "wrong-nonce" -> new FaultEffect.WrongNonce();
      case "replay" -> new FaultEffect.Replay();
      case "expired-certificate" -> new FaultEffect.ExpiredCertificate();
      case "wrong-clock" -> new FaultEffect.WrongClock(offset());
      default -> throw new IllegalStateException("an effect that is not read: " + name);
    };
  }

  private Map<String, String> retryAfter() {
    OptionalInt seconds = number("retryAfterSeconds");
    return seconds.isPresent()
        ? Map.of("Retry-After", Integer.toString(seconds.getAsInt()))
        : Map.of();
  }

  private Duration milliseconds() {
    return Duration.ofMillis(requiredNumber("milliseconds"));
  }

  private Duration offset() {
    JsonNode value = body.path("offsetSeconds");
    if (!value.isInt()) {
      throw new IllegalArgumentException("offsetSeconds: a number is expected");
    }
    return Duration.ofSeconds(value.intValue());
  }

  private Optional<Duration> seconds() {
    OptionalInt seconds = number("seconds");
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsInt()))
        : Optional.empty();
  }

  private String required(String member) {
    return Json.text(body, member)
        .orElseThrow(() -> new IllegalArgumentException(member + ": a text is expected"));
  }

  private int requiredNumber(String member) {
    return number(member)
        .orElseThrow(() -> new IllegalArgumentException(member + ": a number is expected"));
  }

  private OptionalInt number(String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!value.isInt() || value.intValue() < 0) {
      throw new IllegalArgumentException(member + ": a number is expected");
    }
    return OptionalInt.of(value.intValue());
  }
}
