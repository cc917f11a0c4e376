package dev.keygate.emulator.thim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import java.util.Locale;

/**
 * What the host agent has for its SEV-SNP processor.
 *
 * @param vcekPem the VCEK certificate with a line feed at its end
 * @param tcbm the reported TCB the VCEK is for: 16 hexadecimal digits, most significant first,
 *     which are served in upper case
 * @param chainPem ASK, then ARK
 */
public record AmdCollateral(String vcekPem, String tcbm, String chainPem) {

  /** The answer of {@code /metadata/THIM/amd/certification}. */
  public ObjectNode toJson() {
    ObjectNode body =
        Json.object().put("vcekCert", vcekPem).put("tcbm", tcbm.toUpperCase(Locale.ROOT));
    return body.put("certificateChain", chainPem).put("cacheControl", "86400");
  }
}
