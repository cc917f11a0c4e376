package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/** What all connections share. Guarded by the lock of {@link SoftwareTpm}. */
final class TpmState {

  private static final int FIRST_SESSION = 0x03000000;
  private static final int SESSION_NUMBERS = 0x00FFFFFF;

  final PcrBank pcrs = new PcrBank();
  final TpmFaults faults = new TpmFaults(pcrs);
  final Map<TpmHandle, NvIndex> nv = new HashMap<>();
  final Map<TpmHandle, Runnable> nvListeners = new HashMap<>();
  final Map<TpmHandle, TpmKey> persistent = new HashMap<>();
  final TpmSeeds seeds;
  final PrimaryKeys primaries;
  final SecureRandom random;
  final TpmUptime uptime;
  private int sessionsStarted;

  TpmState(TpmSeeds seeds, long resetCount, SecureRandom random, TimeSource time) {
    this.seeds = seeds;
    this.primaries = new PrimaryKeys(seeds);
    this.random = random;
    this.uptime = new TpmUptime(time, resetCount);
  }

  /** Sessions keep their number over the whole TPM: a device does not renumber them. */
  TpmHandle nextSessionHandle() {
    return new TpmHandle(FIRST_SESSION | (sessionsStarted++ & SESSION_NUMBERS));
  }

  /** The key of a transient or persistent handle; {@code number} is its place in the command. */
  TpmKey key(TpmConnection connection, TpmHandle handle, int number) throws TpmRefusal {
    return switch (handle.kind()) {
      case TRANSIENT -> connection.object(handle, number);
      case PERSISTENT -> {
        TpmKey key = persistent.get(handle);
        if (key == null) {
          throw TpmRefusal.ofHandle(TpmError.HANDLE, number);
        }
        yield key;
      }
      case PCR, NV_INDEX, HMAC_SESSION, POLICY_SESSION, PERMANENT, UNDEFINED ->
          throw TpmRefusal.ofHandle(TpmError.VALUE, number);
    };
  }
}
