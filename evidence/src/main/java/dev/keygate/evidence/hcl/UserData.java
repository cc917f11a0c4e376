package dev.keygate.evidence.hcl;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;

/**
 * What a guest writes to NV index 0x01400002 so that the next HCL report carries it: always 64
 * octets, shorter values filled up with zeros.
 *
 * <p>The index belongs to the whole machine, and the paravisor makes the report some time after the
 * write:
 *
 * <pre>
 *   write 0x01400002 → read 0x01400001 → isIn? ─ no → somebody else wrote, or the paravisor is not
 *                                        │       done: read again, and after a few times write again
 *                                        yes
 * </pre>
 *
 * A report is fresh only once {@link #isIn} says so; nothing else tells it from an older one.
 *
 * @param octets 64 octets
 */
public record UserData(Bytes octets) {

  /** The size of the NV index. */
  public static final int SIZE_BYTES = 64;

  /** Checks the size. */
  public UserData {
    if (octets.size() != SIZE_BYTES) {
      throw new IllegalArgumentException("user data has 64 bytes, not " + octets.size());
    }
  }

  /**
   * A value of at most 64 octets, filled up with zeros.
   *
   * @throws IllegalArgumentException if it is longer
   */
  public static UserData of(Bytes value) {
    return new UserData(ByteWriter.littleEndian().padded(value, SIZE_BYTES).toBytes());
  }

  /** Whether the claims carry exactly this; claims without user data do not. */
  public boolean isIn(RuntimeClaims claims) {
    return claims.userData().filter(octets::equals).isPresent();
  }
}
