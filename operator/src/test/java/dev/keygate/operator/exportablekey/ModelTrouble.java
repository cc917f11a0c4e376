package dev.keygate.operator.exportablekey;

import java.util.Random;
import java.util.random.RandomGenerator;

/** What goes wrong around the operator, and when. */
final class ModelTrouble {

  /** Ends a process: no code of it runs after this, so nothing may catch it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("the process was killed", null, false, false);
    }
  }

  /** Ways in which one call to a vault fails. */
  enum VaultFault {
    NONE,
    REQUEST_LOST,
    ANSWER_LOST,
    THROTTLED,
    THROTTLED_WITHOUT_HINT,
    SERVER_ERROR,
    UNAVAILABLE,
    TIMEOUT,
    TOKEN_REFUSED,
    HALF_AN_ANSWER,
    PROXY_PAGE,
    PROXY_NOT_FOUND
  }

  /** Ways in which one write to the API server fails. */
  enum ApiFault {
    NONE,
    REQUEST_LOST,
    ANSWER_LOST
  }

  private final RandomGenerator random;
  private Runnable meanwhile = () -> {};
  private double faults;
  private double crashes;
  private double interruptions;
  private VaultFault storm = VaultFault.NONE;

  ModelTrouble(Random random) {
    this.random = random;
  }

  /** What may happen between any two steps of a run. */
  void meanwhile(Runnable action) {
    meanwhile = action;
  }

  void begin(double faultRate, double crashRate, double interruptionRate) {
    faults = faultRate;
    crashes = crashRate;
    interruptions = interruptionRate;
  }

  /** Until it ends, every call to a vault fails in that way. */
  void storm(VaultFault fault) {
    storm = fault;
  }

  void end() {
    begin(0, 0, 0);
    storm = VaultFault.NONE;
  }

  void beforeCall() {
    if (random.nextDouble() < interruptions) {
      meanwhile.run();
    }
    mayCrash();
  }

  void mayCrash() {
    if (random.nextDouble() < crashes) {
      throw new Crash();
    }
  }

  VaultFault vaultFault() {
    if (storm != VaultFault.NONE) {
      return storm;
    }
    VaultFault[] all = VaultFault.values();
    return random.nextDouble() < faults ? all[1 + random.nextInt(all.length - 1)] : VaultFault.NONE;
  }

  ApiFault apiFault() {
    return random.nextDouble() < faults ? ApiFault.values()[1 + random.nextInt(2)] : ApiFault.NONE;
  }
}
