package dev.keygate.emulator.admin;

import java.util.Map;

/**
 * What the lab does where it is not known, or not the same everywhere, what Azure does. Each switch
 * starts with the stricter, or the usual, position. Bad arguments are {@link
 * IllegalArgumentException}s.
 */
public interface SwitchControl {

  /** The positions of all switches by their names. */
  Map<String, String> positions();

  /** Puts a switch to a position. */
  void set(String name, String position);
}
