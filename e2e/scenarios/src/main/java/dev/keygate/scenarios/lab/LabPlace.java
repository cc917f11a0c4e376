package dev.keygate.scenarios.lab;

import dev.keygate.cluster.process.CommandPrefix;
import java.util.List;

/**
 * Where the lab runs and whom it answers.
 *
 * @param prefix brings a command there
 * @param arguments of the lab, beside its folder
 */
public record LabPlace(CommandPrefix prefix, List<String> arguments) {

  /** Copies the list. */
  public LabPlace {
    arguments = List.copyOf(arguments);
  }

  /** On this machine's loopback addresses. */
  public static LabPlace here() {
    return new LabPlace(CommandPrefix.none(), List.of());
  }
}
