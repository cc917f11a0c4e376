package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.FailureException;

/** Has the processor report on this guest. Safe for use by several threads. */
public interface SnpDevice {

  /** The octets of REPORT_DATA. */
  int REPORT_DATA_BYTES = 64;

  /**
   * A fresh report.
   *
   * @param reportData 64 octets that the processor signs along
   * @return the bare report, unverified
   * @throws FailureException {@code ReportDeviceRefused} if the device is not there or gives none,
   *     {@code ReportDeviceUnavailable} if it is busy
   */
  Bytes report(Bytes reportData) throws FailureException;
}
