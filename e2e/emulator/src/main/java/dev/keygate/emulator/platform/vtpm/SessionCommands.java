package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.evidence.tpm.command.PcrExtend;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.PcrReading;
import dev.keygate.evidence.tpm.command.PolicyGetDigest;
import dev.keygate.evidence.tpm.command.PolicyPcr;
import dev.keygate.evidence.tpm.command.StartAuthSession;
import dev.keygate.evidence.tpm.command.TpmError;
import java.util.List;
import java.util.Optional;

/** Policy sessions and the PCRs they bind. Guarded by the TPM's lock. */
final class SessionCommands {

  private static final int NONCE_BYTES = 32;

  private final TpmState state;

  SessionCommands(TpmState state) {
    this.state = state;
  }

  TpmAnswer start(TpmConnection connection, StartAuthSession command) throws TpmRefusal {
    connection.requireSessionSlot();
    TpmHandle handle = state.nextSessionHandle();
    connection.add(handle, new PolicySession(command.kind()));
    byte[] nonce = new byte[NONCE_BYTES];
    state.random.nextBytes(nonce);
    Bytes parameters = ByteWriter.bigEndian().sized16(Bytes.copyOf(nonce)).toBytes();
    return new TpmAnswer(Optional.of(handle), parameters);
  }

  TpmAnswer policyPcr(TpmConnection connection, PolicyPcr command) throws TpmRefusal {
    PolicySession session = connection.session(command.session());
    long counter = state.pcrs.updateCounter();
    Bytes present = state.pcrs.values(command.selection()).digest();
    Bytes wanted = command.pcrDigest().isEmpty() ? present : command.pcrDigest();
    if (!session.isTrial()) {
      if (session.isOutdated(counter)) {
        throw TpmRefusal.of(TpmError.PCR_CHANGED);
      }
      if (!wanted.equals(present)) {
        throw TpmRefusal.ofParameter(TpmError.VALUE, 1);
      }
    }
    session.bindPcrs(command.selection(), wanted, counter);
    return TpmAnswer.DONE;
  }

  TpmAnswer digest(TpmConnection connection, PolicyGetDigest command) throws TpmRefusal {
    Bytes digest = connection.session(command.session()).digest();
    return TpmAnswer.of(ByteWriter.bigEndian().sized16(digest));
  }

  TpmAnswer flush(TpmConnection connection, FlushContext command) throws TpmRefusal {
    return switch (command.context().kind()) {
      case TRANSIENT, POLICY_SESSION, HMAC_SESSION -> {
        if (!connection.flush(command.context())) {
          throw TpmRefusal.ofParameter(TpmError.HANDLE, 1);
        }
        yield TpmAnswer.DONE;
      }
      case PCR, NV_INDEX, PERMANENT, PERSISTENT, UNDEFINED ->
          throw TpmRefusal.ofParameter(TpmError.VALUE, 1);
    };
  }

  TpmAnswer readPcrs(PcrRead command) {
    List<Integer> indices = command.selection().indices();
    PcrSelection returned =
        PcrSelection.of(indices.subList(0, Math.min(PcrReading.MAX_VALUES, indices.size())));
    PcrValues values = state.pcrs.values(returned);
    ByteWriter out = ByteWriter.bigEndian().u32(state.pcrs.updateCounter());
    returned.writeTo(out);
    out.u32(returned.size());
    values.values().values().forEach(out::sized16);
    return TpmAnswer.of(out);
  }

  TpmAnswer extendPcr(PcrExtend command) throws TpmRefusal {
    if (!state.pcrs.mayExtend(command.index())) {
      throw TpmRefusal.of(TpmError.LOCALITY);
    }
    state.pcrs.extend(command.index(), command.digest());
    return TpmAnswer.DONE;
  }
}
