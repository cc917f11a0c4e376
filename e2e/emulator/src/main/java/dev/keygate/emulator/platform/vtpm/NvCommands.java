package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.command.NvDefineSpace;
import dev.keygate.evidence.tpm.command.NvPublic;
import dev.keygate.evidence.tpm.command.NvRead;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.NvUndefineSpace;
import dev.keygate.evidence.tpm.command.NvWrite;
import dev.keygate.evidence.tpm.command.TpmError;

/** NV storage. Guarded by the TPM's lock. */
final class NvCommands {

  /** TPM_PT_NV_BUFFER_MAX of Azure's vTPM. */
  private static final int MAX_BUFFER_BYTES = 1024;

  private static final int MAX_INDEX_BYTES = 2048;

  private final TpmState state;

  NvCommands(TpmState state) {
    this.state = state;
  }

  TpmAnswer readPublic(NvReadPublic command) throws TpmRefusal {
    NvPublic space = find(command.index(), 1).space();
    return TpmAnswer.of(ByteWriter.bigEndian().sized16(space.toBytes()).sized16(space.name()));
  }

  TpmAnswer read(NvRead command) throws TpmRefusal {
    NvIndex index = find(command.index(), 2);
    requireRight(index, command.authorizedBy(), NvIndex.OWNER_READ, NvIndex.AUTH_READ);
    if (!index.has(NvIndex.WRITTEN)) {
      throw TpmRefusal.of(TpmError.NV_UNINITIALIZED);
    }
    if (command.sizeBytes() > MAX_BUFFER_BYTES) {
      throw TpmRefusal.ofParameter(TpmError.VALUE, 1);
    }
    requireRange(index, command.sizeBytes(), command.offsetBytes());
    return TpmAnswer.of(
        ByteWriter.bigEndian()
            .sized16(index.content().slice(command.offsetBytes(), command.sizeBytes())));
  }

  TpmAnswer write(NvWrite command) throws TpmRefusal {
    NvIndex index = find(command.index(), 2);
    requireRight(index, command.authorizedBy(), NvIndex.OWNER_WRITE, NvIndex.AUTH_WRITE);
    if (command.content().size() > MAX_BUFFER_BYTES) {
      throw TpmRefusal.ofParameter(TpmError.SIZE, 1);
    }
    requireRange(index, command.content().size(), command.offsetBytes());
    index.write(command.content(), command.offsetBytes());
    state.nvListeners.getOrDefault(command.index(), () -> {}).run();
    return TpmAnswer.DONE;
  }

  TpmAnswer define(NvDefineSpace command) throws TpmRefusal {
    NvPublic space = command.space();
    int reserved = NvIndex.WRITTEN | NvIndex.PLATFORM_CREATED;
    if (space.index().kind() != TpmHandle.Kind.NV_INDEX) {
      throw TpmRefusal.ofParameter(TpmError.VALUE, 2);
    }
    if ((space.attributes() & reserved) != 0) {
      throw TpmRefusal.ofParameter(TpmError.ATTRIBUTES, 2);
    }
    if (space.dataSizeBytes() > MAX_INDEX_BYTES) {
      throw TpmRefusal.ofParameter(TpmError.SIZE, 2);
    }
    if (state.nv.putIfAbsent(space.index(), new NvIndex(space)) != null) {
      throw TpmRefusal.of(TpmError.NV_DEFINED);
    }
    return TpmAnswer.DONE;
  }

  TpmAnswer undefine(NvUndefineSpace command) throws TpmRefusal {
    if (find(command.index(), 2).has(NvIndex.PLATFORM_CREATED)) {
      throw TpmRefusal.of(TpmError.NV_AUTHORIZATION);
    }
    state.nv.remove(command.index());
    return TpmAnswer.DONE;
  }

  private NvIndex find(TpmHandle handle, int number) throws TpmRefusal {
    if (handle.kind() != TpmHandle.Kind.NV_INDEX) {
      throw TpmRefusal.ofHandle(TpmError.VALUE, number);
    }
    NvIndex index = state.nv.get(handle);
    if (index == null) {
      throw TpmRefusal.ofHandle(TpmError.HANDLE, number);
    }
    return index;
  }

  private static void requireRight(
      NvIndex index, TpmHandle authorizedBy, int ownerRight, int indexRight) throws TpmRefusal {
    boolean mayAuthorize =
        authorizedBy.equals(TpmHandle.OWNER) || authorizedBy.kind() == TpmHandle.Kind.NV_INDEX;
    if (!mayAuthorize) {
      throw TpmRefusal.ofHandle(TpmError.VALUE, 1);
    }
    boolean allowed =
        authorizedBy.equals(TpmHandle.OWNER)
            ? index.has(ownerRight)
            : authorizedBy.equals(index.space().index()) && index.has(indexRight);
    if (!allowed) {
      throw TpmRefusal.of(TpmError.NV_AUTHORIZATION);
    }
  }

  private static void requireRange(NvIndex index, int sizeBytes, int offsetBytes)
      throws TpmRefusal {
    if (offsetBytes + sizeBytes > index.space().dataSizeBytes()) {
      throw TpmRefusal.of(TpmError.NV_RANGE);
    }
  }
}
