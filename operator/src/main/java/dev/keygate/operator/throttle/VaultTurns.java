package dev.keygate.operator.throttle;

import dev.keygate.azure.keyvault.KeyManagementClient;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets runs call vaults when it is their turn, all vaults for all runs of this process. No thread
 * waits: a run whose turn has not come is sent away with a {@link TurnAwaitedException}. Safe for
 * use by several threads.
 */
public final class VaultTurns {

  private static final String OK = "OK";
  private static final String BROKEN_OFF = "BrokenOff";

  private final KeyManagementClient client;
  private final VaultLimits limits;
  private final TimeSource time;
  private final CallListener listener;
  private final Map<String, Map<VaultCall, TurnQueue>> queues = new HashMap<>();

  /**
   * @param client is called when it is somebody's turn
   * @param time by which the vaults count
   */
  public VaultTurns(
      KeyManagementClient client, VaultLimits limits, TimeSource time, CallListener listener) {
    this.client = client;
    this.limits = limits;
    this.time = time;
    this.listener = listener;
  }

  /** The vaults as one run for a caller sees them; for one thread and one run. */
  public KeyManagementClient during(Caller caller, Urgency urgency) {
    return new VaultInTurn(this, client, caller, urgency);
  }

  /** The caller waits for nothing any more: it has what it wanted, or is gone. */
  public synchronized void leave(Caller caller) {
    queues.values().forEach(calls -> calls.values().forEach(queue -> queue.leave(caller)));
  }

  /** How many wait for such a call, over all vaults. */
  public synchronized int waiting(VaultCall call) {
    return queues.values().stream().mapToInt(calls -> queue(calls, call).waiting()).sum();
  }

  /** How long the one has been waiting who waits longest for such a call. */
  public synchronized Duration longestWait(VaultCall call) {
    Instant now = now();
    return queues.values().stream()
        .map(calls -> queue(calls, call).longestWait(now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** Something that a vault is asked. */
  @FunctionalInterface
  interface Request<T> {
    T send() throws FailureException, InterruptedException;
  }

  /**
   * Takes a turn that costs nothing but itself.
   *
   * @throws TurnAwaitedException if it has not come
   */
  void pass(VaultCall call, Caller caller, KeyIdentifier key) throws TurnAwaitedException {
    take(call, caller, key);
    answered(call, key);
  }

  /**
   * Sends the request if it is the caller's turn.
   *
   * @throws TurnAwaitedException if it is not, or the vault says that it was asked too often
   */
  <T> T call(VaultOperation operation, Caller caller, KeyIdentifier key, Request<T> request)
      throws FailureException, InterruptedException {
    VaultCall call = operation.countedAs();
    take(call, caller, key);
    long begun = time.nanoTime();
    String result = BROKEN_OFF;
    try {
      T answer = request.send();
      result = OK;
      return answer;
    } catch (UnavailableException e) {
      result = e.reason().name();
      if (e.reason() == Reason.VaultThrottled) {
        throw refused(call, caller, key, e);
      }
      throw e;
    } catch (FailureException e) {
      result = e.reason().name();
      throw e;
    } finally {
      if (!result.equals(Reason.VaultThrottled.name())) {
        answered(call, key);
      }
      listener.called(operation, result, Duration.ofNanos(time.nanoTime() - begun));
    }
  }

  private void take(VaultCall call, Caller caller, KeyIdentifier key) throws TurnAwaitedException {
    switch (ask(call, caller, key)) {
      case Turn.Now now -> listener.turnTaken(call, now.waited());
      case Turn.Later later -> throw awaited(call, key, later);
    }
  }

  private TurnAwaitedException refused(
      VaultCall call, Caller caller, KeyIdentifier key, UnavailableException refusal) {
    Turn next;
    synchronized (this) {
      Instant now = now();
      TurnQueue queue = queue(key, call);
      queue.refused(caller, refusal.retryAfter(), now);
      next = queue.ask(caller, now);
    }
    return switch (next) {
      case Turn.Later later -> awaited(call, key, later);
      case Turn.Now _ -> throw new IllegalStateException("a vault that refuses has no room");
    };
  }

  private TurnAwaitedException awaited(VaultCall call, KeyIdentifier key, Turn.Later later) {
    Allowance allowance = limits.of(call);
    return new TurnAwaitedException(
        "The vault "
            + key.vault()
            + " takes "
            + allowance.calls()
            + (call == VaultCall.CREATE ? " creations" : " requests")
            + " in "
            + allowance.window().toSeconds()
            + " seconds; this one waits for its turn.",
        later.in());
  }

  private synchronized Turn ask(VaultCall call, Caller caller, KeyIdentifier key) {
    return queue(key, call).ask(caller, now());
  }

  private synchronized void answered(VaultCall call, KeyIdentifier key) {
    queue(key, call).answered(now());
  }

  /** A clock that only grows: what a vault takes does not change when somebody sets the time. */
  private Instant now() {
    return Instant.EPOCH.plusNanos(time.nanoTime());
  }

  private TurnQueue queue(KeyIdentifier key, VaultCall call) {
    return queue(
        queues.computeIfAbsent(key.vault().hostName(), _ -> new EnumMap<>(VaultCall.class)), call);
  }

  private TurnQueue queue(Map<VaultCall, TurnQueue> calls, VaultCall call) {
    return calls.computeIfAbsent(call, _ -> new TurnQueue(limits.of(call)));
  }
}
