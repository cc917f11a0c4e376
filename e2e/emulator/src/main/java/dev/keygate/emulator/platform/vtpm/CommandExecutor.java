package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.command.Certify;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.evidence.tpm.command.GetRandom;
import dev.keygate.evidence.tpm.command.NvDefineSpace;
import dev.keygate.evidence.tpm.command.NvRead;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.NvUndefineSpace;
import dev.keygate.evidence.tpm.command.NvWrite;
import dev.keygate.evidence.tpm.command.ParsedCommand;
import dev.keygate.evidence.tpm.command.PcrExtend;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.PolicyGetDigest;
import dev.keygate.evidence.tpm.command.PolicyPcr;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import dev.keygate.evidence.tpm.command.RsaDecrypt;
import dev.keygate.evidence.tpm.command.StartAuthSession;
import dev.keygate.evidence.tpm.command.TpmAuthorization;
import dev.keygate.evidence.tpm.command.TpmCommand;
import java.util.List;

/** Carries out commands that were understood. Guarded by the TPM's lock. */
final class CommandExecutor {

  private static final int MAX_RANDOM_BYTES = 64;

  private final TpmState state;
  private final Authorizer authorizer;
  private final NvCommands nv;
  private final KeyCommands keys;
  private final SessionCommands sessions;

  CommandExecutor(TpmState state) {
    this.state = state;
    this.authorizer = new Authorizer(state);
    this.nv = new NvCommands(state);
    this.keys = new KeyCommands(state);
    this.sessions = new SessionCommands(state);
  }

  Bytes execute(TpmConnection connection, ParsedCommand.Understood understood) {
    TpmCommand<?> command = understood.command();
    List<TpmAuthorization> authorizations = understood.authorizations();
    try {
      state.faults.strike(command.code());
      authorizer.authorize(connection, command, authorizations);
      TpmAnswer answer = answer(connection, command);
      closeSessions(connection, authorizations);
      return answer.toBytes(authorizations);
    } catch (TpmRefusal refusal) {
      return TpmAnswer.refusal(refusal.code());
    }
  }

  private TpmAnswer answer(TpmConnection connection, TpmCommand<?> command) throws TpmRefusal {
    return switch (command) {
      case NvReadPublic read -> nv.readPublic(read);
      case NvRead read -> nv.read(read);
      case NvWrite write -> nv.write(write);
      case NvDefineSpace define -> nv.define(define);
      case NvUndefineSpace undefine -> nv.undefine(undefine);
      case ReadPublic read -> keys.readPublic(connection, read);
      case CreatePrimary create -> keys.createPrimary(connection, create);
      case RsaDecrypt decrypt -> keys.decrypt(connection, decrypt);
      case Quote quote -> keys.quote(connection, quote);
      case Certify certify -> keys.certify(connection, certify);
      case StartAuthSession start -> sessions.start(connection, start);
      case PolicyPcr policy -> sessions.policyPcr(connection, policy);
      case PolicyGetDigest get -> sessions.digest(connection, get);
      case FlushContext flush -> sessions.flush(connection, flush);
      case PcrRead read -> sessions.readPcrs(read);
      case PcrExtend extend -> sessions.extendPcr(extend);
      case GetRandom random -> random(random);
    };
  }

  private TpmAnswer random(GetRandom command) {
    byte[] octets = new byte[Math.min(command.sizeBytes(), MAX_RANDOM_BYTES)];
    state.random.nextBytes(octets);
    return TpmAnswer.of(ByteWriter.bigEndian().sized16(Bytes.copyOf(octets)));
  }

  private static void closeSessions(
      TpmConnection connection, List<TpmAuthorization> authorizations) {
    for (TpmAuthorization authorization : authorizations) {
      if (authorization.isContinued()) {
        connection.restart(authorization.session());
      } else {
        connection.flush(authorization.session());
      }
    }
  }
}
