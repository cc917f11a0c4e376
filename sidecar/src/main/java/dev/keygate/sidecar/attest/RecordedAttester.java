package dev.keygate.sidecar.attest;

import dev.keygate.endpoint.AuthorityEndpoint;
import dev.keygate.failure.FailureException;
import dev.keygate.time.TimeSource;
import java.util.List;

/** Attests as another one does and takes note of what comes of it. */
public record RecordedAttester(Attester attester, AttestationBoard board, TimeSource time)
    implements Attester {

  @Override
  public List<AuthorityEndpoint> authorities() {
    return attester.authorities();
  }

  @Override
  public AttestedGuest attest(List<AuthorityEndpoint> among)
      throws FailureException, InterruptedException {
    AttestedGuest guest = attester.attest(among);
    board.post(new AttestationBoard.Entry(guest.token(), guest.endorsement(), time.now()));
    return guest;
  }
}
