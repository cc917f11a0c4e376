package dev.keygate.sidecar.delivery;

import dev.keygate.contract.GrantedVersion;
import dev.keygate.endpoint.KeyVersion;
import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.unwrap.ReleasedKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Several sinks as one. What fails in one of them is done in the others all the same, so that a
 * full volume does not keep keys from the local API.
 *
 * @param sinks in the order in which they are used
 */
public record EverySink(List<KeySink> sinks) implements KeySink {

  /** Copies the list. */
  public EverySink {
    sinks = List.copyOf(sinks);
  }

  /** What is done with each sink. */
  private interface Step {
    void with(KeySink sink) throws FailureException;
  }

  @Override
  public void deliver(String name, ReleasedKey key) throws FailureException {
    try (key) {
      each(sink -> sink.deliver(name, key.copy()));
    }
  }

  @Override
  public boolean has(String name, KeyVersion version) {
    return sinks.stream().allMatch(sink -> sink.has(name, version));
  }

  @Override
  public void settle(String name, List<GrantedVersion> granted) throws FailureException {
    each(sink -> sink.settle(name, granted));
  }

  @Override
  public void withdraw(String name, KeyVersion version) throws FailureException {
    each(sink -> sink.withdraw(name, version));
  }

  @Override
  public Set<KeyVersion> present(String name) throws FailureException {
    Set<KeyVersion> present = new HashSet<>();
    for (KeySink sink : sinks) {
      present.addAll(sink.present(name));
    }
    return Set.copyOf(present);
  }

  @Override
  public boolean serves(String name) {
    return sinks.stream().allMatch(sink -> sink.serves(name));
  }

  private void each(Step step) throws FailureException {
    Optional<FailureException> first = Optional.empty();
    for (KeySink sink : sinks) {
      try {
        step.with(sink);
      } catch (FailureException failure) {
        first = first.isPresent() ? first : Optional.of(failure);
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }
}
