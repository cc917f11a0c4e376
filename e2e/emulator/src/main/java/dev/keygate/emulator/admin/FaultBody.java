package dev.keygate.emulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.fault.Fault;
import dev.keygate.emulator.fault.FaultRoute;
import dev.keygate.emulator.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the fault of a vault: {@code {vault, operation, status, …}}, and no other member. */
final class FaultBody {

  private static final Set<String> MEMBERS =
      Set.of("vault", "operation", "status", "retryAfterSeconds", "seconds", "count");

  private FaultBody() {}

  /**
   * @throws IllegalArgumentException naming the member that is not as expected
   */
  static Fault read(ObjectNode body) {
    body.fieldNames().forEachRemaining(FaultBody::requireKnown);
    OptionalInt retryAfter = number(body, "retryAfterSeconds");
    return new Fault(
        route(body),
        number(body, "status").orElse(429),
        retryAfter.isPresent()
            ? Map.of("Retry-After", Integer.toString(retryAfter.getAsInt()))
            : Map.of(),
        new Fault.Limits(number(body, "count"), seconds(body)));
  }

  private static void requireKnown(String member) {
    if (!MEMBERS.contains(member)) {
      throw new IllegalArgumentException(member + ": unknown; here belong " + MEMBERS);
    }
  }

  private static FaultRoute route(ObjectNode body) {
    String vault =
        Json.text(body, "vault")
            .orElseThrow(() -> new IllegalArgumentException("vault: a text is expected"));
    String host = vault + ".vault.azure.net";
    return switch (Json.text(body, "operation").orElse("")) {
      case "all" -> FaultRoute.all(host);
      case "release" -> FaultRoute.of(host, ".*/release/?");
      default -> throw new IllegalArgumentException("operation: release or all is expected");
    };
  }

  private static Optional<Duration> seconds(ObjectNode body) {
    OptionalInt seconds = number(body, "seconds");
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsInt()))
        : Optional.empty();
  }

  private static OptionalInt number(ObjectNode body, String member) {
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
