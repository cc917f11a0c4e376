package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The octets that go over {@code /dev/sev-guest} for SNP_GET_REPORT, as the kernel's {@code
 * sev-guest.h} lays them out; numbers are little-endian.
 */
final class SevGuestMessage {

  /** {@code _IOWR('S', 0, struct snp_guest_request_ioctl)}. */
  static final long SNP_GET_REPORT = 0xC0205300L;

  /** {@code snp_guest_request_ioctl}: version, two addresses, the firmware's error. */
  static final int ENVELOPE_BYTES = 32;

  static final int REQUEST_ADDRESS_OFFSET = 8;
  static final int RESPONSE_ADDRESS_OFFSET = 16;
  static final int ERROR_OFFSET = 24;
  static final byte VERSION = 1;

  /** {@code snp_report_req}: user data, privilege level, reserved. */
  static final int REQUEST_BYTES = 96;

  private static final int LEVEL_OFFSET = 64;

  /** {@code snp_report_resp}. */
  static final int RESPONSE_BYTES = 4000;

  private static final String FORMAT = "snp_report_resp";
  private static final int SIZE_OFFSET = 4;
  private static final int REPORT_OFFSET = 32;

  /** The hypervisor's half of the error: it is busy. */
  private static final long HYPERVISOR_BUSY = 2;

  private SevGuestMessage() {}

  /** Asks at privilege level 0. */
  static byte[] request(Bytes reportData) {
    if (reportData.size() != SnpDevice.REPORT_DATA_BYTES) {
      throw new IllegalArgumentException("REPORT_DATA has 64 octets");
    }
    ByteBuffer request = ByteBuffer.allocate(REQUEST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return request.put(reportData.toArray()).putInt(LEVEL_OFFSET, 0).array();
  }

  /**
   * The report within a response.
   *
   * @throws EvidenceFormatException if the status is not zero or the size is none of a report
   */
  static Bytes report(byte[] response) throws EvidenceFormatException {
    ByteBuffer octets = ByteBuffer.wrap(response).order(ByteOrder.LITTLE_ENDIAN);
    int status = octets.getInt(0);
    if (status != 0) {
      throw new EvidenceFormatException(FORMAT, 0, "status", "0", "" + status);
    }
    int size = octets.getInt(SIZE_OFFSET);
    if (size <= 0 || size > response.length - REPORT_OFFSET) {
      throw new EvidenceFormatException(
          FORMAT, SIZE_OFFSET, "report_size", "what fits into the response", "" + size);
    }
    return Bytes.copyOf(response, REPORT_OFFSET, size);
  }

  /** Whether the same request may succeed later. */
  static boolean isBusy(long error) {
    return error >>> Integer.SIZE == HYPERVISOR_BUSY;
  }
}
