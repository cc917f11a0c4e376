package dev.keygate.evidence.tdx;

import dev.keygate.evidence.bytes.Bytes;

/**
 * TEE_TCB_SVN: security version numbers of what makes a TD besides the processor, one octet each
 * (Intel TDX module ABI specification, "TEE_TCB_SVN"). To be compared octet by octet, never as one
 * number.
 *
 * @param octets 16 octets, as the structure has them
 */
public record TeeTcbSvn(Bytes octets) {

  /** How many numbers there are. */
  public static final int COMPONENTS = 16;

  /** Checks the size. */
  public TeeTcbSvn {
    if (octets.size() != COMPONENTS) {
      throw new IllegalArgumentException("TEE_TCB_SVN has " + COMPONENTS + " octets");
    }
  }

  /** Octet 0: the security version of the TDX module within its major version. */
  public int moduleSvn() {
    return component(0);
  }

  /** Octet 1: the major version of the TDX module. */
  public int moduleMajorVersion() {
    return component(1);
  }

  /** Octet 2: the microcode that was last loaded with a SEAM range configured. */
  public int seamLastPatchSvn() {
    return component(2);
  }

  /** A number of 0 to 255 by its index, 0 to 15. */
  public int component(int index) {
    return octets.at(index);
  }

  /** Thirty-two hexadecimal digits, component 0 first. */
  @Override
  public String toString() {
    return octets.hex();
  }
}
