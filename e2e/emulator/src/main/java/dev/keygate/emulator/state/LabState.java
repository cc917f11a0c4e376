package dev.keygate.emulator.state;

import java.util.Optional;

/**
 * Texts by name that outlive the lab, or not, as the implementation says. Names are lower-case
 * letters, digits, dots and hyphens. Implementations are safe for use by several threads.
 */
public interface LabState {

  /** What was written last under this name. */
  Optional<String> read(String name);

  /** Replaces what is kept under this name, entirely or not at all. */
  void write(String name, String text);
}
