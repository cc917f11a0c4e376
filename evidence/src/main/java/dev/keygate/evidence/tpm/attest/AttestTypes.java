package dev.keygate.evidence.tpm.attest;

import dev.keygate.evidence.bytes.ByteWriter;

/** The numbers that open a TPMS_ATTEST. */
final class AttestTypes {

  /** TPM_GENERATED_VALUE: a TPM never signs caller-made bytes that start like this. */
  static final long GENERATED = 0xFF544347L;

  static final int CERTIFY = 0x8017;
  static final int QUOTE = 0x8018;

  private AttestTypes() {}

  static ByteWriter begin(int type, AttestHeader header) {
    ByteWriter out = ByteWriter.bigEndian().u32(GENERATED).u16(type);
    header.writeTo(out);
    return out;
  }
}
