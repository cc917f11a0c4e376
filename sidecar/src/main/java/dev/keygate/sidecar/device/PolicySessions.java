package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.DecryptedMessage;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.evidence.tpm.command.NoResult;
import dev.keygate.evidence.tpm.command.PolicyPcr;
import dev.keygate.evidence.tpm.command.RsaDecrypt;
import dev.keygate.evidence.tpm.command.StartAuthSession;
import dev.keygate.evidence.tpm.command.TpmAuthorization;
import dev.keygate.evidence.tpm.command.TpmError;
import dev.keygate.evidence.tpm.command.TpmReply;
import dev.keygate.evidence.tpm.command.TpmResponseCode;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.UnavailableException;
import dev.keygate.sidecar.secret.SecretBytes;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Uses a key whose policy is PolicyPCR, in a session of its own for each use. An extend of any PCR,
 * also of one outside the selection, spoils the sessions that are open; then another is started.
 *
 * @param pcrs the values that the policy demands
 */
record PolicySessions(TpmConnection tpm, SecureRandom random, PcrValues pcrs) {

  private static final int MOST_SESSIONS = 5;
  private static final int NONCE_BYTES = 20;

  SecretBytes decrypt(TpmHandle key, Bytes ciphertext, RsaScheme scheme)
      throws FailureException, InterruptedException {
    for (int number = 1; number <= MOST_SESSIONS; number++) {
      Optional<SecretBytes> plaintext = decryptOnce(key, ciphertext, scheme);
      if (plaintext.isPresent()) {
        return plaintext.get();
      }
    }
    throw new UnavailableException(
        Reason.PcrsMoved,
        "PCRs of the TPM at "
            + tpm.path()
            + " were extended during each of "
            + MOST_SESSIONS
            + " uses of the transfer key.");
  }

  private Optional<SecretBytes> decryptOnce(TpmHandle key, Bytes ciphertext, RsaScheme scheme)
      throws FailureException, InterruptedException {
    TpmHandle session = start();
    try {
      requirePcrs(session);
      TpmAuthorization authorization = TpmAuthorization.closingPolicySession(session);
      RsaDecrypt command = new RsaDecrypt(key, authorization, ciphertext, scheme);
      return switch (tpm.reply(command)) {
        case TpmReply.Success<DecryptedMessage>(DecryptedMessage message) ->
            Optional.of(take(message));
        case TpmReply.Failure<DecryptedMessage>(TpmResponseCode code) -> {
          // Success closes the session, failure does not.
          tpm.reply(new FlushContext(session));
          if (!code.is(TpmError.PCR_CHANGED)) {
            throw tpm.refused(command, code);
          }
          yield Optional.empty();
        }
      };
    } catch (PcrsDifferException moved) {
      tpm.reply(new FlushContext(session));
      throw new UnavailableException(
          Reason.PcrsMoved,
          "PCRs "
              + pcrs.selection()
              + " of the TPM at "
              + tpm.path()
              + " no longer have the values that were attested.");
    }
  }

  private TpmHandle start() throws FailureException, InterruptedException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    return tpm.execute(
        new StartAuthSession(StartAuthSession.SessionKind.POLICY, Bytes.copyOf(nonce)));
  }

  private void requirePcrs(TpmHandle session)
      throws FailureException, InterruptedException, PcrsDifferException {
    PolicyPcr command = new PolicyPcr(session, pcrs.digest(), pcrs.selection());
    if (tpm.reply(command) instanceof TpmReply.Failure<NoResult>(TpmResponseCode code)) {
      if (code.is(TpmError.VALUE)) {
        throw new PcrsDifferException();
      }
      throw tpm.refused(command, code);
    }
  }

  private static SecretBytes take(DecryptedMessage message) {
    try (message) {
      return SecretBytes.takeOwnershipOf(message.reveal());
    }
  }

  /** The PCRs do not have the values of the policy. */
  private static final class PcrsDifferException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
