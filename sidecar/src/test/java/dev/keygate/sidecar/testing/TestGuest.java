package dev.keygate.sidecar.testing;

import dev.keygate.failure.FailureException;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.attest.Attester;
import dev.keygate.sidecar.unwrap.SoftwareTransferKey;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A guest whose transfer key is that of {@link Keys}. */
public final class TestGuest implements Attester {

  private final AtomicInteger attestations = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile Optional<FailureException> failure = Optional.empty();

  /** Fails so from now on. */
  public void fail(FailureException with) {
    failure = Optional.of(with);
  }

  /** How often it was asked to attest. */
  public int attestations() {
    return attestations.get();
  }

  /** How many of its attestations were closed. */
  public int closed() {
    return closed.get();
  }

  @Override
  public AttestedGuest attest() throws FailureException {
    attestations.incrementAndGet();
    if (failure.isPresent()) {
      throw failure.get();
    }
    return new AttestedGuest(
        TestAuthority.token("\"secureboot\":true,"),
        new SoftwareTransferKey(Keys.privateKey(Keys.TRANSFER)),
        closed::incrementAndGet);
  }
}
