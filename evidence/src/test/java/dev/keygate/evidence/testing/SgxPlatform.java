package dev.keygate.evidence.testing;

import dev.keygate.evidence.bytes.Bytes;
import java.util.List;

/**
 * What a PCK is a function of.
 *
 * @param fmspc family, model, stepping, platform and SKU, 6 octets
 * @param ppid the platform provisioning id, 16 octets
 * @param components the security versions of TCB components 1 to 16
 * @param pceSvn the security version of the provisioning certification enclave
 */
public record SgxPlatform(Bytes fmspc, Bytes ppid, List<Integer> components, int pceSvn) {

  /** A platform with component versions on both sides of 128 and a PCESVN of two octets. */
  public static final SgxPlatform EMERALD =
      new SgxPlatform(
          Bytes.fromHex("90c06f000000"),
          Bytes.fromHex("5a".repeat(16)),
          List.of(3, 127, 128, 255, 4, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0),
          0x010D);

  /** Copies the list. */
  public SgxPlatform {
    components = List.copyOf(components);
  }

  /** CPUSVN: the components' octets. */
  public Bytes cpuSvn() {
    byte[] octets = new byte[components.size()];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = components.get(i).byteValue();
    }
    return Bytes.copyOf(octets);
  }
}
