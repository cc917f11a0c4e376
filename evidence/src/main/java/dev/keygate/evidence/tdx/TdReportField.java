package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;

/**
 * Where each field of TDREPORT_STRUCT lies: REPORTMACSTRUCT from 0, TEE_TCB_INFO from 256, TDINFO
 * from 512 (Intel TDX module ABI specification, "TDREPORT_STRUCT"). Numbers are little-endian.
 */
public enum TdReportField {
  /** REPORTTYPE.TYPE: 0x81 says that a TD asked for the report. */
  TYPE(0, 1),
  /** REPORTTYPE.SUBTYPE: 0, the only defined one. */
  SUBTYPE(1, 1),
  /** REPORTTYPE.VERSION: 0, or 1 where SERVTD_HASH has a meaning. */
  VERSION(2, 1),
  CPUSVN(16, 16),
  /** SHA-384 of the 239 octets of TEE_TCB_INFO. */
  TEE_TCB_INFO_HASH(32, 48),
  /** SHA-384 of the 512 octets of TDINFO. */
  TEE_INFO_HASH(80, 48),
  REPORTDATA(128, 64),
  /** Over the 224 octets before it, by a key that never leaves the processor. */
  MAC(224, 32),
  /** Which fields of TEE_TCB_INFO mean something, one bit for each eight octets or field. */
  VALID(256, 8),
  TEE_TCB_SVN(264, 16),
  MRSEAM(280, 48),
  MRSIGNERSEAM(328, 48),
  /** TEE_TCB_INFO.ATTRIBUTES: those of the TDX module. */
  SEAMATTRIBUTES(376, 8),
  /** The TCB of the TDX module that runs, which may have been updated since the TD was started. */
  TEE_TCB_SVN2(384, 16),
  /** TDINFO.ATTRIBUTES: those of the TD. */
  TDATTRIBUTES(512, 8),
  XFAM(520, 8),
  MRTD(528, 48),
  MRCONFIGID(576, 48),
  MROWNER(624, 48),
  MROWNERCONFIG(672, 48),
  RTMR0(720, 48),
  RTMR1(768, 48),
  RTMR2(816, 48),
  RTMR3(864, 48),
  /** In version 1: which service TDs are bound. */
  SERVTD_HASH(912, 48);

  private final int offsetBytes;
  private final int sizeBytes;

  TdReportField(int offsetBytes, int sizeBytes) {
    this.offsetBytes = offsetBytes;
    this.sizeBytes = sizeBytes;
  }

  /** Where the field starts, in octets from the start of the report. */
  public int offsetBytes() {
    return offsetBytes;
  }

  /** How many octets the field has. */
  public int sizeBytes() {
    return sizeBytes;
  }

  Bytes of(Bytes report) {
    return report.slice(offsetBytes, sizeBytes);
  }
}
