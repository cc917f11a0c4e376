package dev.keygate.sidecar.testing;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.attest.AttestedGuest;
import dev.keygate.sidecar.attest.Attester;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.unwrap.KeyEncryption;
import dev.keygate.sidecar.unwrap.SoftwareTransferKey;
import dev.keygate.sidecar.unwrap.TransferKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A guest whose transfer key is that of {@link Keys}. */
public final class TestGuest implements Attester {

  private final AtomicInteger attestations = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger moves = new AtomicInteger();
  private final List<List<AuthorityEndpoint>> asked =
      Collections.synchronizedList(new ArrayList<>());
  private volatile List<AuthorityEndpoint> pinned = List.of(TestAuthority.ENDPOINT);
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

  /** Has these pinned; a token is from the first in any case. */
  public void pin(AuthorityEndpoint... endpoints) {
    pinned = List.of(endpoints);
  }

  /** Which authorities might be asked, at each attestation. */
  public List<List<AuthorityEndpoint>> asked() {
    return List.copyOf(asked);
  }

  /** Has the PCRs moved at the next uses of a transfer key. */
  public void movePcrs(int uses) {
    moves.set(uses);
  }

  @Override
  public List<AuthorityEndpoint> authorities() {
    return pinned;
  }

  @Override
  public AttestedGuest attest(List<AuthorityEndpoint> among) throws FailureException {
    attestations.incrementAndGet();
    asked.add(List.copyOf(among));
    if (failure.isPresent()) {
      throw failure.get();
    }
    return new AttestedGuest(
        TestAuthority.token("\"secureboot\":true,"),
        new MovingTransferKey(new SoftwareTransferKey(Keys.privateKey(Keys.TRANSFER)), moves),
        closed::incrementAndGet);
  }

  /** A transfer key that is bound to PCRs which move as often as told. */
  private record MovingTransferKey(TransferKey key, AtomicInteger moves) implements TransferKey {

    @Override
    public int modulusBytes() {
      return key.modulusBytes();
    }

    @Override
    public SecretBytes decrypt(KeyEncryption encryption, Bytes ciphertext)
        throws FailureException, InterruptedException {
      if (moves.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new UnavailableException(Reason.PcrsMoved, "PCRs moved.");
      }
      return key.decrypt(encryption, ciphertext);
    }
  }
}
