package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.tpm.command.TpmCommandCode;
import dev.keygate.evidence.tpm.command.TpmError;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What happens to commands that were understood, before they are carried out.
 *
 * @param command which it strikes; empty for any
 * @param effect what happens
 * @param count how many it strikes, from 1 on
 */
public record TpmFault(Optional<TpmCommandCode> command, Effect effect, int count) {

  /** What happens to one command. */
  public sealed interface Effect {

    /**
     * The TPM is busy and does not carry the command out.
     *
     * @param error RETRY, YIELDED or TESTING
     */
    record Busy(TpmError error) implements Effect {

      private static final Set<TpmError> WARNINGS =
          EnumSet.of(TpmError.RETRY, TpmError.YIELDED, TpmError.TESTING);

      public Busy {
        if (!WARNINGS.contains(error)) {
          throw new IllegalArgumentException("a busy TPM answers one of " + WARNINGS);
        }
      }
    }

    /**
     * Somebody else extends a PCR just before the command, which is then carried out.
     *
     * @param pcr 0 to 23
     */
    record PcrExtended(int pcr) implements Effect {

      public PcrExtended {
        if (pcr < 0 || pcr > 23) {
          throw new IllegalArgumentException("pcr: a number from 0 to 23");
        }
      }
    }
  }

  public TpmFault {
    if (count < 1) {
      throw new IllegalArgumentException("count: a number from 1 on is expected");
    }
  }

  /** The next command of a kind finds a PCR extended. */
  public static TpmFault extendedBefore(TpmCommandCode command, int pcr) {
    return new TpmFault(Optional.of(command), new Effect.PcrExtended(pcr), 1);
  }

  boolean strikes(TpmCommandCode code) {
    return command.isEmpty() || command.get() == code;
  }

  TpmFault struck() {
    return new TpmFault(command, effect, count - 1);
  }
}
