package dev.keygate.emulator.platform.vtpm;

import dev.keygate.emulator.platform.vtpm.TpmFault.Effect;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.command.TpmCommandCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults of a TPM, oldest first; of several that strike, the oldest. Guarded by its lock. */
final class TpmFaults {

  private static final int MAX_FAULTS = 100;
  private static final Bytes EXTENSION = Bytes.ofUtf8("extended between two commands").sha256();

  private final PcrBank pcrs;
  private final List<TpmFault> waiting = new ArrayList<>();

  TpmFaults(PcrBank pcrs) {
    this.pcrs = pcrs;
  }

  void inject(TpmFault fault) {
    if (waiting.size() == MAX_FAULTS) {
      throw new IllegalArgumentException("there are " + MAX_FAULTS + " faults already");
    }
    waiting.add(fault);
  }

  void clear() {
    waiting.clear();
  }

  /** Lets the oldest fault that strikes a command happen. */
  void strike(TpmCommandCode code) throws TpmRefusal {
    Optional<TpmFault> fault = waiting.stream().filter(one -> one.strikes(code)).findFirst();
    if (fault.isEmpty()) {
      return;
    }
    int at = waiting.indexOf(fault.get());
    if (fault.get().count() == 1) {
      waiting.remove(at);
    } else {
      waiting.set(at, fault.get().struck());
    }
    switch (fault.get().effect()) {
      case Effect.Busy(var error) -> throw TpmRefusal.of(error);
      case Effect.PcrExtended(int pcr) -> pcrs.extend(pcr, EXTENSION);
    }
  }
}
