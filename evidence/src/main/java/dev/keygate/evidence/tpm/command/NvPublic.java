package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.TpmAlgorithm;
import dev.keygate.evidence.tpm.TpmHandle;

/**
 * TPMS_NV_PUBLIC with name algorithm SHA-256: an NV index without its content.
 *
 * @param index the NV index
 * @param attributes TPMA_NV bits
 * @param authPolicy a policy digest of at most 64 bytes, or empty
 * @param dataSizeBytes the size of the content
 */
public record NvPublic(TpmHandle index, int attributes, Bytes authPolicy, int dataSizeBytes) {

  /** Owner and index may both read and write, by password. */
  public static final int OWNER_AND_AUTH_READ_WRITE = 0x00060006;

  static final int MAX_NAME_BYTES = 66;

  private static final int MAX_DIGEST_BYTES = 64;
  private static final int MAX_BYTES = 128;

  public NvPublic {
    requireU16(dataSizeBytes, "dataSizeBytes");
    if (authPolicy.size() > MAX_DIGEST_BYTES) {
      throw new IllegalArgumentException("a policy digest has at most 64 bytes");
    }
  }

  static NvPublic readSizedFrom(ByteCursor in) throws EvidenceFormatException {
    ByteCursor area = ByteCursor.bigEndian("TPM NV public", in.sized16(MAX_BYTES, "nvPublic"));
    TpmHandle index = new TpmHandle((int) area.u32("nvIndex"));
    int start = area.position();
    int nameAlgorithm = area.u16("nameAlg");
    if (nameAlgorithm != TpmAlgorithm.SHA256.id()) {
      throw area.invalid(start, "nameAlg", "SHA-256", "0x" + Integer.toHexString(nameAlgorithm));
    }
    int attributes = (int) area.u32("attributes");
    Bytes authPolicy = area.sized16(MAX_DIGEST_BYTES, "authPolicy");
    NvPublic parsed = new NvPublic(index, attributes, authPolicy, area.u16("dataSize"));
    area.requireExhausted();
    return parsed;
  }

  void writeSizedTo(ByteWriter out) {
    out.sized16(toBytes());
  }

  /** The TPMS_NV_PUBLIC, without a size in front. */
  public Bytes toBytes() {
    return ByteWriter.bigEndian()
        .u32(Integer.toUnsignedLong(index.value()))
        .u16(TpmAlgorithm.SHA256.id())
        .u32(Integer.toUnsignedLong(attributes))
        .sized16(authPolicy)
        .u16(dataSizeBytes)
        .toBytes();
  }

  /** The index's Name, 34 bytes: {@code 000B} and the SHA-256 of the TPMS_NV_PUBLIC. */
  public Bytes name() {
    return ByteWriter.bigEndian().u16(TpmAlgorithm.SHA256.id()).bytes(toBytes().sha256()).toBytes();
  }

  static void requireU16(int value, String what) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException(what + " has 16 bits");
    }
  }
}
