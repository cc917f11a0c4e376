package dev.keygate.evidence.endorsement;

import dev.keygate.evidence.bytes.Bytes;
import java.util.List;

/**
 * The TCB of a platform for which a PCK was made.
 *
 * @param components the security versions of SGX TCB components 1 to 16, each 0 to 255
 * @param pceSvn the security version of the provisioning certification enclave, 0 to 65535
 * @param cpuSvn CPUSVN, 16 octets whose meaning differs between processors
 */
public record SgxTcb(List<Integer> components, int pceSvn, Bytes cpuSvn) {

  /** How many components there are. */
  public static final int COMPONENTS = 16;

  /** Copies the list. */
  public SgxTcb {
    components = List.copyOf(components);
  }
}
