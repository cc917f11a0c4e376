package dev.keygate.azure.thim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a host says of a chip's key, as its agent and the side file of a container group do. */
final class SideFile {

  private SideFile() {}

  static String json(SoftwareVcek vcek) {
    String vcekPem = vcek.certificatePem();
    return JsonNodeFactory.instance
        .objectNode()
        .put("vcekCert", vcekPem)
        .put("tcbm", vcek.tcb().hex())
        .put("certificateChain", vcek.chainPem().substring(vcekPem.length()))
        .put("cacheControl", "86400")
        .toString();
  }

  static String base64(String json) {
    return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
