package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;

/**
 * A new primary key. Creation data, hash and ticket are read over: nothing here asks the TPM to
 * vouch for a creation.
 *
 * @param handle where the key is loaded until it is flushed or the connection ends
 * @param area its public area
 * @param name its Name as the TPM states it
 */
public record CreatedPrimary(TpmHandle handle, TpmPublic area, Bytes name) {

  private static final int MAX_CREATION_DATA_BYTES = 512;
  private static final int MAX_DIGEST_BYTES = 64;

  static CreatedPrimary readFrom(TpmHandle handle, ByteCursor in) throws EvidenceFormatException {
    TpmPublic area = TpmPublic.readSizedFrom(in);
    in.sized16(MAX_CREATION_DATA_BYTES, "creationData");
    in.sized16(MAX_DIGEST_BYTES, "creationHash");
    in.u16("creationTicket.tag");
    in.u32("creationTicket.hierarchy");
    in.sized16(MAX_DIGEST_BYTES, "creationTicket.digest");
    return new CreatedPrimary(handle, area, in.sized16(NvPublic.MAX_NAME_BYTES, "name"));
  }
}
