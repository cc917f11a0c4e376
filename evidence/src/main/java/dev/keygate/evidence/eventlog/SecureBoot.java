package dev.keygate.evidence.eventlog;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log says of the UEFI variable SecureBoot. Only a log that replays to quoted PCRs may be
 * asked.
 */
public enum SecureBoot {
  /** Firmware measured it into PCR 7 with the value 1, and nobody measured another value. */
  ENABLED,
  /** Measured into PCR 7 with another value. */
  DISABLED,
  /** Not measured by firmware, or not so that the digest covers it. */
  NOT_MEASURED;

  /** EFI_GLOBAL_VARIABLE 8be4df61-93ca-11d2-aa0d-00e098032b8c in its mixed-endian encoding. */
  private static final Bytes GLOBAL_VARIABLE = Bytes.fromHex("61dfe48bca93d211aa0d00e098032b8c");

  private static final String NAME = "SecureBoot";
  private static final Bytes ONE = Bytes.fromHex("01");
  private static final int PCR = 7;

  /**
   * Reads all measurements of the variable; they must agree on 1 to be {@link #ENABLED}. One of
   * them must precede the separator, which ends what firmware measures: what follows it, the
   * operating system could have written.
   */
  public static SecureBoot of(EventLog log) {
    try {
      List<Bytes> byFirmware = new ArrayList<>();
      List<Bytes> afterwards = new ArrayList<>();
      List<Bytes> values = byFirmware;
      for (BootEvent event : log.events()) {
        if (event.pcrIndex() == PCR && event.is(EventType.SEPARATOR)) {
          values = afterwards;
        } else if (event.pcrIndex() == PCR && event.is(EventType.EFI_VARIABLE_DRIVER_CONFIG)) {
          readValue(event, values);
        }
      }
      if (byFirmware.isEmpty()) {
        return NOT_MEASURED;
      }
      byFirmware.addAll(afterwards);
      return byFirmware.stream().allMatch(ONE::equals) ? ENABLED : DISABLED;
    } catch (EvidenceFormatException malformed) {
      return NOT_MEASURED;
    }
  }

  /** Keeps the value of the variable meant here; others are well-formed, or nothing is believed. */
  private static void readValue(BootEvent event, List<Bytes> values)
      throws EvidenceFormatException {
    UefiVariable variable = UefiVariable.parse(event.content());
    if (!isSecureBoot(variable)) {
      return;
    }
    if (!event.isContentMeasured()) {
      throw new EvidenceFormatException(
          "UEFI variable event", 0, "digest", "that of the event", "another");
    }
    values.add(variable.value());
  }

  private static boolean isSecureBoot(UefiVariable variable) {
    return variable.vendor().equals(GLOBAL_VARIABLE) && variable.name().equals(NAME);
  }
}
