package dev.keygate.emulator.thim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;

/**
 * What the host agent has for its SEV-SNP processor.
 *
 * @param vcekPem the VCEK certificate with a line feed at its end
 * @param tcbm the reported TCB the VCEK is for: 16 hexadecimal digits of the little-endian u64
 * @param chainPem ASK, then ARK
 */
public record AmdCollateral(String vcekPem, String tcbm, String chainPem) {

  /** The answer of {@code /metadata/THIM/amd/certification}. */
  public ObjectNode toJson() {
    ObjectNode body = Json.object().put("vcekCert", vcekPem).put("tcbm", tcbm);
    return body.put("certificateChain", chainPem).put("cacheControl", "86400");
  }
}
