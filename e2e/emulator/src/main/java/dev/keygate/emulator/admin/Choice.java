package dev.keygate.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads a member that is one of an enum's names, in lower case with hyphens. */
final class Choice {

  private Choice() {}

  /**
   * @throws IllegalArgumentException naming what could have been chosen
   */
  static <E extends Enum<E>> E of(Class<E> type, ObjectNode body, String member) {
    String text = Json.text(body, member).orElse("");
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> spelled(one).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    member
                        + ": one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(Choice::spelled)
                            .collect(Collectors.joining(", "))
                        + " is expected"));
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
