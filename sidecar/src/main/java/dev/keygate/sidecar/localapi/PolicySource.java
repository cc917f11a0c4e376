package dev.keygate.sidecar.localapi;

import dev.keygate.failure.FailureException;
import dev.keygate.policy.ReleasePolicyDocument;
import java.util.Optional;

/** Where the release policies of keys are read, as the operator has written them down. */
public interface PolicySource {

  /**
   * The policy of a key; empty where nobody writes any down.
   *
   * @param name what the pod calls the key
   * @throws FailureException if it cannot be read
   */
  Optional<ReleasePolicyDocument> policy(String name) throws FailureException;
}
