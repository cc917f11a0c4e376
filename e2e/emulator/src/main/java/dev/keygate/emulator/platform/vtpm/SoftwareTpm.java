package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.command.NvPublic;
import dev.keygate.evidence.tpm.command.ParsedCommand;
import dev.keygate.evidence.tpm.command.TpmCommandParser;
import dev.keygate.time.TimeSource;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The TPM of one machine from one boot to the next. Carries out one command at a time, whoever
 * sends it. Safe for use by several threads.
 */
public final class SoftwareTpm {

  private static final int FACTORY_SPACE =
      NvIndex.OWNER_READ | NvIndex.AUTH_READ | NvIndex.PLATFORM_CREATED;

  private final ReentrantLock lock = new ReentrantLock(true);
  private final TpmState state;
  private final CommandExecutor executor;

  /**
   * Starts a TPM whose PCRs nobody has extended.
   *
   * @param seeds what its primary keys come from
   * @param resetCount how often the machine booted before
   */
  public SoftwareTpm(TpmSeeds seeds, long resetCount, SecureRandom random, TimeSource time) {
    this.state = new TpmState(seeds, resetCount, random, time);
    this.executor = new CommandExecutor(state);
  }

  /** A new client without objects and sessions. */
  public TpmConnection connect() {
    return new TpmConnection(this);
  }

  /** Extends a PCR of the SHA-256 bank, whatever locality that needs: firmware may. */
  public void extend(int index, Bytes digest) {
    locked(() -> state.pcrs.extend(index, digest));
  }

  /** The present values of the chosen PCRs. */
  public PcrValues pcrs(PcrSelection selection) {
    lock.lock();
    try {
      return state.pcrs.values(selection);
    } finally {
      lock.unlock();
    }
  }

  /** Makes the primary key of a template, or finds it, without loading it anywhere. */
  public TpmKey primary(TpmHandle hierarchy, TpmPublic template) {
    lock.lock();
    try {
      return state.primaries.get(hierarchy, template);
    } finally {
      lock.unlock();
    }
  }

  /** Lets {@link #primary} find a key that the same seeds made in an earlier boot. */
  public void remember(TpmPublic template, TpmKey key) {
    locked(() -> state.primaries.remember(template, key));
  }

  /** Puts a key at a persistent handle. */
  public void persist(TpmHandle handle, TpmKey key) {
    locked(() -> state.persistent.put(handle, key));
  }

  /**
   * Defines an NV index that owner and index password may read and nobody may write or remove, and
   * fills it; replaces the content if it is defined already.
   *
   * @param content padded with zeros to the size of the index
   */
  public void provision(TpmHandle index, int sizeBytes, Bytes content) {
    locked(
        () -> {
          NvIndex space = new NvIndex(new NvPublic(index, FACTORY_SPACE, Bytes.EMPTY, sizeBytes));
          space.write(content, 0);
          state.nv.put(index, space);
        });
  }

  /** The content of an NV index, if it is defined and was written. */
  public Optional<Bytes> read(TpmHandle index) {
    lock.lock();
    try {
      return Optional.ofNullable(state.nv.get(index))
          .filter(space -> space.has(NvIndex.WRITTEN))
          .map(NvIndex::content);
    } finally {
      lock.unlock();
    }
  }

  /** Runs an action, inside the TPM, after each write by a client to the index. */
  public void onWrite(TpmHandle index, Runnable action) {
    locked(() -> state.nvListeners.put(index, action));
  }

  /** Lets this happen to commands of any client. */
  public void inject(TpmFault fault) {
    locked(() -> state.faults.inject(fault));
  }

  /** Lets nothing happen any more. */
  public void clearFaults() {
    locked(state.faults::clear);
  }

  Bytes answer(TpmConnection connection, Bytes command) {
    lock.lock();
    try {
      return switch (TpmCommandParser.parse(command)) {
        case ParsedCommand.Malformed(var code) -> TpmAnswer.refusal(code);
        case ParsedCommand.Understood understood -> executor.execute(connection, understood);
      };
    } finally {
      lock.unlock();
    }
  }

  void forget(TpmConnection connection) {
    locked(connection::clear);
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }
}
