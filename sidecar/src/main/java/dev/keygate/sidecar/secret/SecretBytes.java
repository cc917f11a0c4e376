package dev.keygate.sidecar.secret;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Secret octets outside the heap, where no garbage collector copies them and no heap dump finds
 * them, on pages of their own that no core dump holds. They are zeroed by {@link #close}; after
 * that every use fails. Equal to nothing but itself, so that nobody compares secrets by accident
 * and in a time that depends on them.
 *
 * <p>Safe for use by several threads. A {@link #reveal} that races with {@link #close} either sees
 * the octets or fails.
 */
public final class SecretBytes implements AutoCloseable {

  private final MemorySegment pages;
  private final MemorySegment octets;
  private boolean isClosed;

  private SecretBytes(byte[] array) {
    this.pages = SecretPages.take(array.length);
    this.octets = pages.asSlice(0, array.length);
    MemorySegment.copy(array, 0, octets, ValueLayout.JAVA_BYTE, 0, array.length);
  }

  /** Copies the octets and zeroes the array, which is of no more use to the caller. */
  public static SecretBytes takeOwnershipOf(byte[] array) {
    try {
      return new SecretBytes(array);
    } finally {
      Arrays.fill(array, (byte) 0);
    }
  }

  /** Copies the octets; the array stays the caller's, who zeroes it. */
  public static SecretBytes copyOf(byte[] array) {
    return new SecretBytes(array);
  }

  /**
   * What is done with revealed octets.
   *
   * @param <R> what comes of it
   * @param <X> what may go wrong
   */
  @FunctionalInterface
  public interface Use<R, X extends Exception> {
    /**
     * Uses the octets, once.
     *
     * @param octets a copy that is zeroed as soon as this returns; it must not be kept
     */
    R of(byte[] octets) throws X;
  }

  /**
   * Shows the octets for as long as one call lasts.
   *
   * @throws IllegalStateException if they have been zeroed
   */
  public <R, X extends Exception> R reveal(Purpose purpose, Use<R, X> use) throws X {
    byte[] copy = copy(purpose);
    try {
      return use.of(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  private synchronized byte[] copy(Purpose purpose) {
    if (isClosed) {
      throw new IllegalStateException("secret octets were to be revealed to " + purpose + " late");
    }
    return octets.toArray(ValueLayout.JAVA_BYTE);
  }

  /** How many octets there are. */
  public int size() {
    return (int) octets.byteSize();
  }

  /** Zeroes the octets and gives the memory back. */
  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      octets.fill((byte) 0);
      SecretPages.giveBack(pages);
    }
  }

  /** Nothing of the octets, not even how many. */
  @Override
  public String toString() {
    return "SecretBytes[redacted]";
  }
}
