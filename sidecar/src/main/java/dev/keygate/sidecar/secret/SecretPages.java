package dev.keygate.sidecar.secret;

import java.lang.foreign.MemorySegment;

/**
 * Memory for secrets: whole pages, shared with nothing else, so that they can be left out of core
 * dumps and, as far as the process may lock memory, out of swap.
 */
final class SecretPages {

  static final long PAGE_BYTES = 4096;

  private SecretPages() {}

  /** Zeros, as many as asked for or some more. */
  static MemorySegment take(long bytes) {
    long pages = Math.max(1, Math.ceilDiv(bytes, PAGE_BYTES));
    MemorySegment taken = LinuxCalls.map(pages * PAGE_BYTES);
    LinuxCalls.leaveOutOfDumps(taken);
    // A refusal is told once, when the process starts; a key in swap is better than no key.
    LinuxCalls.lock(taken);
    return taken;
  }

  /** Gives whole pages back; they must hold zeros. */
  static void giveBack(MemorySegment taken) {
    LinuxCalls.unmap(taken);
  }
}
