package dev.keygate.emulator.keyvault.key;

import java.time.Period;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to happen when.
 *
 * @param distance from the trigger's event
 */
public record LifetimeAction(Type type, Trigger trigger, Period distance) {

  /** What is to happen. */
  public enum Type {
    /** A new version is made. */
    ROTATE("Rotate"),
    /** An event is sent. */
    NOTIFY("Notify");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** The value on the wire. */
    public String wireName() {
      return wireName;
    }

    /** The type of this name; clients differ in its case. */
    public static Optional<Type> find(String name) {
      return Arrays.stream(values())
          .filter(type -> type.name().equals(name.toUpperCase(Locale.ROOT)))
          .findFirst();
    }
  }

  /** From when the distance counts. */
  public enum Trigger {
    /** From the version's creation on. */
    TIME_AFTER_CREATE("timeAfterCreate"),
    /** Back from the version's expiry. */
    TIME_BEFORE_EXPIRY("timeBeforeExpiry");

    private final String member;

    Trigger(String member) {
      this.member = member;
    }

    /** The member's name. */
    public String member() {
      return member;
    }
  }
}
