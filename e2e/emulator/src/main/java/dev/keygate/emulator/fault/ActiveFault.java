package dev.keygate.emulator.fault;

import dev.keygate.emulator.net.HttpResponse;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fault at work: how often it was met, and what it remembers. Counting is the owner's to guard.
 */
final class ActiveFault {

  private final Fault fault;
  private final Instant until;
  private int calls;
  private int strikes;

  private final ReentrantLock remembering = new ReentrantLock();
  private @Nullable HttpResponse remembered;

  ActiveFault(Fault fault, Instant until) {
    this.fault = fault;
    this.until = until;
  }

  Fault fault() {
    return fault;
  }

  boolean isOverAt(Instant now) {
    boolean isSpent =
        fault.limits().count().isPresent() && strikes >= fault.limits().count().getAsInt();
    return isSpent || !now.isBefore(until);
  }

  /** Counts a call and says whether it is one to strike. */
  boolean countCall() {
    calls++;
    return calls >= fault.limits().fromCall();
  }

  void countStrike() {
    strikes++;
  }

  FaultCount count() {
    return new FaultCount(fault, calls, strikes);
  }

  /** The answer that was given first; one at a time, so that there is one first. */
  HttpResponse firstOf(Supplier<HttpResponse> answer) {
    remembering.lock();
    try {
      if (remembered == null) {
        remembered = answer.get();
      }
      return remembered;
    } finally {
      remembering.unlock();
    }
  }
}
