package dev.keygate.sidecar.device;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.failure.UnavailableException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Reports over {@code /dev/sev-guest}. One request at a time: the kernel counts them. */
public final class SevGuestDevice implements SnpDevice {

  /** Where the kernel has it. */
  public static final Path FILE = Path.of("/dev/sev-guest");

  private final Path file;

  /** The device at a path. */
  public SevGuestDevice(Path file) {
    this.file = file;
  }

  @Override
  public synchronized Bytes report(Bytes reportData) throws FailureException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request =
          arena.allocateFrom(ValueLayout.JAVA_BYTE, SevGuestMessage.request(reportData));
      MemorySegment response = arena.allocate(SevGuestMessage.RESPONSE_BYTES, Long.BYTES);
      MemorySegment envelope = arena.allocate(SevGuestMessage.ENVELOPE_BYTES, Long.BYTES);
      envelope.set(ValueLayout.JAVA_BYTE, 0, SevGuestMessage.VERSION);
      envelope.set(ValueLayout.ADDRESS, SevGuestMessage.REQUEST_ADDRESS_OFFSET, request);
      envelope.set(ValueLayout.ADDRESS, SevGuestMessage.RESPONSE_ADDRESS_OFFSET, response);
      DeviceIoctl.Result result = DeviceIoctl.call(file, SevGuestMessage.SNP_GET_REPORT, envelope);
      if (result.errno() != 0) {
        throw failure(result, envelope.get(ValueLayout.JAVA_LONG, SevGuestMessage.ERROR_OFFSET));
      }
      return SevGuestMessage.report(response.toArray(ValueLayout.JAVA_BYTE));
    } catch (EvidenceFormatException malformed) {
      throw new RefusedException(
          Reason.EvidenceMalformed,
          "The answer of " + file + " is no report: " + malformed.getMessage() + ".",
          malformed);
    }
  }

  private FailureException failure(DeviceIoctl.Result result, long error) {
    String sentence =
        "A report of SEV-SNP was expected of "
            + file
            + "; "
            + result.step()
            + " failed with errno "
            + result.errno()
            + " and error 0x"
            + Long.toHexString(error)
            + ".";
    return result.isPassing() || SevGuestMessage.isBusy(error)
        ? new UnavailableException(Reason.ReportDeviceUnavailable, sentence)
        : new RefusedException(Reason.ReportDeviceRefused, sentence);
  }
}
