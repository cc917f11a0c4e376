package dev.keygate.sidecar.delivery;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import java.util.List;
import java.util.Set;

/** Takes released keys to where the app finds them. Safe for use by several threads. */
public interface KeySink {

  /**
   * Takes a version of a key over, and with it the duty to close it, even if it fails. A version
   * that is there already is replaced.
   *
   * @param name what the pod calls the key
   * @throws FailureException {@code DeliveryFailed} if it is not where it belongs; whatever was
   *     there before still is
   */
  void deliver(String name, ReleasedKey key) throws FailureException;

  /** Whether a version of a key is there. */
  boolean has(String name, KeyVersion version);

  /**
   * Applies what is granted now: marks the current version, and removes those that are no longer
   * granted. Nothing changes as long as the current version is not there, so that the app is never
   * left without one.
   *
   * @throws FailureException {@code DeliveryFailed} if a part of it could not be done; it is then
   *     to be called again
   */
  void settle(String name, List<GrantedVersion> granted) throws FailureException;

  /**
   * Removes a version of a key, current or not, because this machine may have it no longer.
   *
   * @throws FailureException {@code DeliveryFailed} if a part of it could not be removed; it is
   *     then to be called again
   */
  void withdraw(String name, KeyVersion version) throws FailureException;

  /**
   * The versions that are there, be it from an earlier process.
   *
   * @throws FailureException {@code DeliveryFailed} if that cannot be found out
   */
  Set<KeyVersion> present(String name) throws FailureException;

  /** Whether there is a current version of a key; answered at once, whatever else goes on. */
  boolean serves(String name);
}
