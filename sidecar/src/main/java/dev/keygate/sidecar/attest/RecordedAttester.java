package dev.keygate.sidecar.attest;

import dev.keygate.failure.FailureException;
import dev.keygate.time.TimeSource;

/** Attests as another one does and takes note of what comes of it. */
public record RecordedAttester(Attester attester, AttestationBoard board, TimeSource time)
    implements Attester {

  @Override
  public AttestedGuest attest() throws FailureException, InterruptedException {
    AttestedGuest guest = attester.attest();
    board.post(new AttestationBoard.Entry(guest.token(), guest.endorsement(), time.now()));
    return guest;
  }
}
