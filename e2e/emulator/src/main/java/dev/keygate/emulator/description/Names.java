package dev.keygate.emulator.description;

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
}
