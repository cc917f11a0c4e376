package dev.keygate.operator.throttle;

import java.time.Duration;

/** Is told of turns and calls. Implementations are safe for use by several threads. */
public interface CallListener {

  /** Tells nobody. */
  CallListener NONE =
      new CallListener() {
        @Override
        public void turnTaken(VaultCall call, Duration waited) {}

        @Override
        public void called(VaultOperation operation, String result, Duration took) {}
      };

  /** Somebody's turn has come. */
  void turnTaken(VaultCall call, Duration waited);

  /**
   * A call has ended.
   *
   * @param result {@code OK}, the name of the failure's reason, or {@code BrokenOff} if there is
   *     none
   */
  void called(VaultOperation operation, String result, Duration took);
}
