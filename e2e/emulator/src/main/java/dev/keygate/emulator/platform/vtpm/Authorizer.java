package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.Certify;
import dev.keygate.evidence.tpm.command.TpmAuthorization;
import dev.keygate.evidence.tpm.command.TpmCommand;
import dev.keygate.evidence.tpm.command.TpmError;
import java.util.List;

/**
 * Decides whether a command's sessions authorise the use of its handles (TPM 2.0 Library part 1,
 * §19). All passwords are empty. Guarded by the TPM's lock.
 */
final class Authorizer {

  private final TpmState state;

  Authorizer(TpmState state) {
    this.state = state;
  }

  void authorize(
      TpmConnection connection, TpmCommand<?> command, List<TpmAuthorization> authorizations)
      throws TpmRefusal {
    for (int i = 0; i < authorizations.size(); i++) {
      Use use = new Use(command, command.handles().get(i), i + 1);
      TpmAuthorization authorization = authorizations.get(i);
      TpmHandle session = authorization.session();
      if (session.equals(TpmHandle.PASSWORD_SESSION)) {
        requirePassword(connection, use, authorization);
      } else if (session.kind() == TpmHandle.Kind.POLICY_SESSION) {
        requirePolicy(connection, use, authorization);
      } else {
        throw TpmRefusal.ofSession(TpmError.VALUE, use.number);
      }
    }
  }

  /** One handle that needs authorisation, counted from 1. */
  private record Use(TpmCommand<?> command, TpmHandle handle, int number) {

    boolean isObject() {
      return handle.kind() == TpmHandle.Kind.TRANSIENT
          || handle.kind() == TpmHandle.Kind.PERSISTENT;
    }

    /** To be certified an object needs its administrator; everything else here its user. */
    boolean isByAdmin() {
      return command instanceof Certify && number == 1;
    }
  }

  private void requirePassword(TpmConnection connection, Use use, TpmAuthorization authorization)
      throws TpmRefusal {
    if (use.isObject()) {
      ObjectAttributes attributes =
          state.key(connection, use.handle, use.number).area().attributes();
      boolean allowed =
          use.isByAdmin() ? !attributes.requiresPolicyOfAdmin() : attributes.allowsUserWithAuth();
      if (!allowed) {
        throw TpmRefusal.of(TpmError.AUTH_UNAVAILABLE);
      }
    }
    if (!authorization.hmac().isEmpty()) {
      throw TpmRefusal.ofSession(TpmError.BAD_AUTH, use.number);
    }
  }

  private void requirePolicy(TpmConnection connection, Use use, TpmAuthorization authorization)
      throws TpmRefusal {
    PolicySession session = connection.authorizingSession(authorization.session(), use.number);
    if (session.isTrial()) {
      throw TpmRefusal.ofSession(TpmError.ATTRIBUTES, use.number);
    }
    if (!use.isObject()) {
      throw TpmRefusal.of(TpmError.AUTH_UNAVAILABLE);
    }
    TpmKey key = state.key(connection, use.handle, use.number);
    if (key.area().authPolicy().isEmpty()) {
      throw TpmRefusal.of(TpmError.AUTH_UNAVAILABLE);
    }
    if (session.isOutdated(state.pcrs.updateCounter())) {
      throw TpmRefusal.of(TpmError.PCR_CHANGED);
    }
    if (!session.digest().equals(key.area().authPolicy())) {
      throw TpmRefusal.ofSession(TpmError.POLICY_FAIL, use.number);
    }
  }
}
