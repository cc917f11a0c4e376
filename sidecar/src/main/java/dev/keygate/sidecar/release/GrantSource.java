package dev.keygate.sidecar.release;

import dev.keygate.contract.Grant;
import dev.keygate.failure.FailureException;

/** Where grants are read. */
public interface GrantSource {

  /**
   * The grant as it is now.
   *
   * @param name what the pod calls the key
   * @throws FailureException {@code GrantMissing} if it has not been written yet, {@code
   *     GrantMalformed} if it cannot be read
   */
  Grant read(String name) throws FailureException;
}
