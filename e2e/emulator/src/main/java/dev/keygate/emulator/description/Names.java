package dev.keygate.emulator.description;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Names in a description become parts of hosts and files. */
final class Names {

  private Names() {}

  static void require(String member, String name) {
    if (!name.matches("[a-z][a-z0-9-]{0,22}[a-z0-9]")) {
      throw new IllegalArgumentException(
          member
              + ": a name of 2 to 24 lower-case letters, digits and hyphens, not '"
              + name
              + "'");
    }
  }

  static void requireLocation(String location) {
    if (!location.matches("[a-z0-9]{2,40}")) {
      throw new IllegalArgumentException(
          "location: an Azure region, such as westeurope, not '" + location + "'");
    }
  }

  static <T> void requireDistinct(String member, List<T> elements, Function<T, Object> name) {
    Set<Object> seen = new HashSet<>();
    for (T element : elements) {
      if (!seen.add(name.apply(element))) {
        throw new IllegalArgumentException(member + ": '" + name.apply(element) + "' twice");
      }
    }
  }
}
