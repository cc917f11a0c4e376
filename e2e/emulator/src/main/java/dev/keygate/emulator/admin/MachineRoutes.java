package dev.keygate.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.platform.CollateralAge;
import dev.keygate.emulator.platform.vtpm.TpmFault;
import dev.keygate.emulator.platform.vtpm.TpmFault.Effect;
import dev.keygate.evidence.tpm.command.TpmCommandCode;
import dev.keygate.evidence.tpm.command.TpmError;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes of machines.
 *
 * <pre>
 *   POST   /machines/NAME/reboot           no body
 *   POST   /machines/NAME/tpm-faults       {answer: retry|yielded|testing, command, count (1)} or
 *                                          {extend: PCR, command, count (1)}: before the command,
 *                                          such as rsa-decrypt; before any, if none is named
 *   DELETE /machines/NAME/tpm-faults       all of them
 *   POST   /machines/NAME/collateral       {tcb: matching|older|newer}
 *   POST   /machines/NAME/metadata-budget  {requestsPerSecond}, or {} for no limit
 * </pre>
 */
final class MachineRoutes {

  private static final Pattern ROUTE =
      Pattern.compile(
          "(POST|DELETE) /machines/([^/]+)/(reboot|tpm-faults|collateral|metadata-budget)");

  private final MachineControl machines;

  MachineRoutes(MachineControl machines) {
    this.machines = machines;
  }

  /** The answer, where the route is one of these. */
  Optional<HttpResponse> answer(HttpRequest request) throws MalformedTextException {
    Matcher route = ROUTE.matcher(request.method() + " " + request.path());
    if (!route.matches()) {
      return Optional.empty();
    }
    String machine = route.group(2);
    switch (route.group(1) + " " + route.group(3)) {
      case "POST reboot" -> machines.reboot(machine);
      case "DELETE tpm-faults" -> machines.clearFaults(machine);
      case "POST tpm-faults" -> machines.inject(machine, fault(Json.parseObject(request.body())));
      case "POST collateral" ->
          machines.serveCollateral(
              machine, Choice.of(CollateralAge.class, Json.parseObject(request.body()), "tcb"));
      case "POST metadata-budget" ->
          machines.limitMetadata(
              machine, number(Json.parseObject(request.body()), "requestsPerSecond"));
      default -> {
        return Optional.empty();
      }
    }
    return Optional.of(HttpResponse.empty(204));
  }

  private static TpmFault fault(ObjectNode body) {
    Optional<TpmCommandCode> command =
        body.has("command")
            ? Optional.of(Choice.of(TpmCommandCode.class, body, "command"))
            : Optional.empty();
    OptionalInt pcr = number(body, "extend");
    Effect effect =
        pcr.isPresent()
            ? new Effect.PcrExtended(pcr.getAsInt())
            : new Effect.Busy(Choice.of(TpmError.class, body, "answer"));
    return new TpmFault(command, effect, number(body, "count").orElse(1));
  }

  private static OptionalInt number(ObjectNode body, String member) {
    if (!body.has(member)) {
      return OptionalInt.empty();
    }
    if (!body.path(member).isInt()) {
      throw new IllegalArgumentException(member + ": a number is expected");
    }
    return OptionalInt.of(body.path(member).intValue());
  }
}
