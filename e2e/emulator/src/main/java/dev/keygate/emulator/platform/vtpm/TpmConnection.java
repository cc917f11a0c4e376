package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.TpmError;
import java.util.HashMap;
import java.util.Map;

/**
 * One client of the TPM, with transient objects and sessions of its own that end with it. As with a
 * resource managed device, transient handles count down from {@code 80ffffff} and at most three
 * objects and three sessions are kept. Answers one command at a time; safe for use by several
 * threads.
 */
public final class TpmConnection implements AutoCloseable {

  private static final int FIRST_OBJECT = 0x80FFFFFF;
  private static final int MAX_OBJECTS = 3;
  private static final int MAX_SESSIONS = 3;

  private final SoftwareTpm tpm;
  private final Map<TpmHandle, TpmKey> objects = new HashMap<>();
  private final Map<TpmHandle, PolicySession> sessions = new HashMap<>();

  TpmConnection(SoftwareTpm tpm) {
    this.tpm = tpm;
  }

  /**
   * Answers one command.
   *
   * @param command any bytes
   * @return one whole response
   */
  public Bytes exchange(Bytes command) {
    return tpm.answer(this, command);
  }

  /** Forgets all objects and sessions. */
  @Override
  public void close() {
    tpm.forget(this);
  }

  void clear() {
    objects.clear();
    sessions.clear();
  }

  TpmHandle load(TpmKey key) throws TpmRefusal {
    for (int slot = 0; slot < MAX_OBJECTS; slot++) {
      TpmHandle handle = new TpmHandle(FIRST_OBJECT - slot);
      if (objects.putIfAbsent(handle, key) == null) {
        return handle;
      }
    }
    throw TpmRefusal.of(TpmError.OBJECT_MEMORY);
  }

  void requireSessionSlot() throws TpmRefusal {
    if (sessions.size() >= MAX_SESSIONS) {
      throw TpmRefusal.of(TpmError.SESSION_MEMORY);
    }
  }

  void add(TpmHandle handle, PolicySession session) {
    sessions.put(handle, session);
  }

  /** The object of a handle of this connection; {@code number} is its place in the command. */
  TpmKey object(TpmHandle handle, int number) throws TpmRefusal {
    TpmKey key = objects.get(handle);
    if (key == null) {
      throw TpmRefusal.notLoaded(TpmError.REFERENCE_H0, number);
    }
    return key;
  }

  /** A session in a command's handle area. */
  PolicySession session(TpmHandle handle) throws TpmRefusal {
    if (handle.kind() != TpmHandle.Kind.POLICY_SESSION) {
      throw TpmRefusal.ofHandle(TpmError.VALUE, 1);
    }
    PolicySession session = sessions.get(handle);
    if (session == null) {
      throw TpmRefusal.notLoaded(TpmError.REFERENCE_H0, 1);
    }
    return session;
  }

  /** A session in a command's session area; {@code number} is its place there. */
  PolicySession authorizingSession(TpmHandle handle, int number) throws TpmRefusal {
    PolicySession session = sessions.get(handle);
    if (session == null) {
      throw TpmRefusal.notLoaded(TpmError.REFERENCE_S0, number);
    }
    return session;
  }

  /** Lets a session that authorised a command, if it is one, authorise no other one. */
  void restart(TpmHandle handle) {
    PolicySession session = sessions.get(handle);
    if (session != null) {
      session.restart();
    }
  }

  /** Forgets an object or a session; says whether there was one. */
  boolean flush(TpmHandle handle) {
    return objects.remove(handle) != null || sessions.remove(handle) != null;
  }
}
