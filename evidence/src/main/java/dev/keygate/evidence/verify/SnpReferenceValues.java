package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpField;
import java.util.Optional;

/**
 * Values that fields of a report are compared with; an empty one is not compared.
 *
 * @param expectedReportData 64 octets
 * @param expectedLaunchMeasurement 48 octets
 * @param expectedHostData 32 octets
 */
public record SnpReferenceValues(
    Optional<Bytes> expectedReportData,
    Optional<Bytes> expectedLaunchMeasurement,
    Optional<Bytes> expectedHostData) {

  /** Checks the sizes: a value of another size could never be equal. */
  public SnpReferenceValues {
    requireSize(expectedReportData, SnpField.REPORT_DATA);
    requireSize(expectedLaunchMeasurement, SnpField.MEASUREMENT);
    requireSize(expectedHostData, SnpField.HOST_DATA);
  }

  /** Nothing is compared. */
  public static SnpReferenceValues none() {
    return new SnpReferenceValues(Optional.empty(), Optional.empty(), Optional.empty());
  }

  SnpReferenceValues reportData(Bytes value) {
    return new SnpReferenceValues(Optional.of(value), expectedLaunchMeasurement, expectedHostData);
  }

  SnpReferenceValues launchMeasurement(Bytes value) {
    return new SnpReferenceValues(expectedReportData, Optional.of(value), expectedHostData);
  }

  SnpReferenceValues hostData(Bytes value) {
    return new SnpReferenceValues(
        expectedReportData, expectedLaunchMeasurement, Optional.of(value));
  }

  private static void requireSize(Optional<Bytes> value, SnpField field) {
    if (value.isPresent() && value.get().size() != field.sizeBytes()) {
      throw new IllegalArgumentException(
          field + " has " + field.sizeBytes() + " bytes, not " + value.get().size());
    }
  }
}
