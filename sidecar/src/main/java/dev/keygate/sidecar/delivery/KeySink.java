package dev.keygate.sidecar.delivery;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import java.util.List;

/** Takes released keys to where the app finds them. Safe for use by several threads. */
public interface KeySink {

  /**
   * Takes a version of a key over, and with it the duty to close it. A version that is there
   * already is replaced.
   *
   * @param name what the pod calls the key
   */
  void deliver(String name, ReleasedKey key);

  /** Whether a version of a key is there. */
  boolean has(String name, KeyVersion version);

  /**
   * Applies what is granted now: marks the current version, and zeroes those that are no longer
   * granted. Nothing changes as long as the current version is not there, so that the app is never
   * left without one.
   */
  void settle(String name, List<GrantedVersion> granted);
}
