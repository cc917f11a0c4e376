package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmHandle;
import java.util.List;

/**
 * TPM2_NV_Write: a part of an NV index.
 *
 * @param authorizedBy whose empty password authorises: the owner hierarchy or the index itself
 * @param index the NV index
 * @param content what to write
 * @param offsetBytes where to
 */
public record NvWrite(TpmHandle authorizedBy, TpmHandle index, Bytes content, int offsetBytes)
    implements TpmCommand<NoResult> {

  /** The largest content this class sends, which is generous for a TPM's buffer. */
  static final int MAX_CONTENT_BYTES = 2048;

  public NvWrite {
    NvPublic.requireU16(offsetBytes, "offsetBytes");
    if (content.size() > MAX_CONTENT_BYTES) {
      throw new IllegalArgumentException("content has at most 2048 bytes");
    }
  }

  /** Writes with the owner's empty password. */
  public static NvWrite asOwner(TpmHandle index, Bytes content, int offsetBytes) {
    return new NvWrite(TpmHandle.OWNER, index, content, offsetBytes);
  }

  @Override
  public TpmCommandCode code() {
    return TpmCommandCode.NV_WRITE;
  }

  @Override
  public List<TpmHandle> handles() {
    return List.of(authorizedBy, index);
  }

  @Override
  public void writeParametersTo(ByteWriter out) {
    out.sized16(content).u16(offsetBytes);
  }

  @Override
  public NoResult readResult(List<TpmHandle> handles, ByteCursor parameters)
      throws EvidenceFormatException {
    return NoResult.DONE;
  }
}
