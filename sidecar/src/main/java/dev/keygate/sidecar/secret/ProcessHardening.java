package dev.keygate.sidecar.secret;

import java.lang.foreign.MemorySegment;

/**
 * What keeps this process's memory its own. Attaching and core dumps by the virtual machine itself
 * are switched off by its flags, which only whoever starts it can set.
 *
 * @param dumps whether nobody of the same user may look inside, and the kernel writes no core
 * @param cores whether the limit for core files is zero
 * @param locking whether secrets are kept out of swap
 */
public record ProcessHardening(Protection dumps, Protection cores, Protection locking) {

  /** Whether something is in force. */
  public enum Protection {
    /** It is. */
    ON,
    /** The system did not allow it. */
    REFUSED;

    private static Protection of(Runnable probe) {
      try {
        probe.run();
        return ON;
      } catch (IllegalStateException refused) {
        return REFUSED;
      }
    }
  }

  /** Applies what the system allows. */
  public static ProcessHardening apply() {
    return new ProcessHardening(
        Protection.of(() -> require(LinuxCalls.forbidDumps())),
        Protection.of(() -> require(LinuxCalls.forbidCores())),
        Protection.of(ProcessHardening::requireLocking));
  }

  /** Whether all of it is in force. */
  public boolean isComplete() {
    return dumps == Protection.ON && cores == Protection.ON && locking == Protection.ON;
  }

  private static void requireLocking() {
    MemorySegment page = LinuxCalls.map(SecretPages.PAGE_BYTES);
    try {
      require(LinuxCalls.lock(page));
    } finally {
      LinuxCalls.unmap(page);
    }
  }

  private static void require(boolean isDone) {
    if (!isDone) {
      throw new IllegalStateException("the system did not allow it");
    }
  }
}
