package dev.keygate.operator.config;

import dev.keygate.failure.RefusedException;
import dev.keygate.operator.leader.Replica;
import java.util.UUID;

/** Reads who a process is among the operator's replicas. */
final class ReplicaReading {

  private static final int MAX_LENGTH = 128;

  private ReplicaReading() {}

  static Replica from(OperatorSettings written) throws RefusedException {
    String identity =
        written
            .leader()
            .identity()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElseGet(() -> UUID.randomUUID().toString());
    if (identity.length() > MAX_LENGTH) {
      throw Refusal.of(
          "keygate.leader.identity",
          "has at most " + MAX_LENGTH + " characters; found " + identity.length());
    }
    return new Replica(NamespaceSetting.own(written.namespace()), identity);
  }
}
