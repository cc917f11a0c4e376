package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_NV_Read: a part of an NV index.
 *
 * @param authorizedBy whose empty password authorises: the owner hierarchy or the index itself
 * @param index the NV index
 * @param sizeBytes how much, at most what the TPM's buffer holds (1024 on Azure)
 * @param offsetBytes from where
 */
public record NvRead(TpmHandle authorizedBy, TpmHandle index, int sizeBytes, int offsetBytes)
    implements TpmCommand<Bytes> {

  public NvRead {
    NvPublic.requireU16(sizeBytes, "sizeBytes");
    NvPublic.requireU16(offsetBytes, "offsetBytes");
  }

  /** Reads with the owner's empty password. */
  public static NvRead asOwner(TpmHandle index, int sizeBytes, int offsetBytes) {
    return new NvRead(TpmHandle.OWNER, index, sizeBytes, offsetBytes);
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.NV_READ;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(authorizedBy, index);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.u16(sizeBytes).u16(offsetBytes);
  }

  @Override
  public Bytes readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return parameters.sized16(sizeBytes, "data");
  }
}
