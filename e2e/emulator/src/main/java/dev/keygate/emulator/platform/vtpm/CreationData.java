package dev.keygate.emulator.platform.vtpm;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmHandle;

/** TPMS_CREATION_DATA and the ticket of a primary key (TPM 2.0 Library part 2, §15.1). */
final class CreationData {

  private static final int CREATION_TICKET = 0x8021;
  private static final int LOCALITY_ZERO = 1;

  private CreationData() {}

  static Bytes of(TpmHandle hierarchy, PcrSelection pcrs, Bytes pcrDigest) {
    Bytes parent = handle(hierarchy);
    ByteWriter out = ByteWriter.bigEndian();
    pcrs.writeTo(out);
    return out.sized16(pcrDigest)
        .u8(LOCALITY_ZERO)
        .u16(TpmAlgorithm.NULL.id())
        .sized16(parent)
        .sized16(parent)
        .u16(0)
        .toBytes();
  }

  static void writeTicketTo(ByteWriter out, TpmHandle hierarchy, Bytes proof) {
    out.u16(CREATION_TICKET).bytes(handle(hierarchy)).sized16(proof.sha256());
  }

  private static Bytes handle(TpmHandle handle) {
    return ByteWriter.bigEndian().u32(Integer.toUnsignedLong(handle.value())).toBytes();
  }
}
