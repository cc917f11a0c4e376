package dev.keygate.evidence.snp;

import dev.keygate.evidence.bytes.Bytes;

/**
 * The version of the SNP firmware, such as 1.55.29.
 *
 * @param major the ABI's major version
 * @param minor the ABI's minor version
 * @param build the build number
 */
public record SnpFirmwareVersion(int major, int minor, int build) {

  static SnpFirmwareVersion read(Bytes field) {
    return new SnpFirmwareVersion(field.at(2), field.at(1), field.at(0));
  }

  /** The three numbers separated by dots. */
  @Override
  public String toString() {
    return major + "." + minor + "." + build;
  }
}
