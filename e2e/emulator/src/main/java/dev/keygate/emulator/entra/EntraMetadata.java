package dev.keygate.emulator.entra;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;

/** What the login service says of itself. */
final class EntraMetadata {

  private EntraMetadata() {}

  /** OpenID Connect metadata of a tenant. */
  static ObjectNode of(Tenant tenant) {
    String base = "https://" + tenant.cloud().loginHosts().getFirst() + "/" + tenant.id();
    ObjectNode body = Json.object().put("token_endpoint", base + "/oauth2/v2.0/token");
    body.put("issuer", base + "/v2.0").put("jwks_uri", base + "/discovery/v2.0/keys");
    body.put("authorization_endpoint", base + "/oauth2/v2.0/authorize");
    body.putArray("response_types_supported").add("code").add("id_token");
    body.putArray("subject_types_supported").add("pairwise");
    body.putArray("id_token_signing_alg_values_supported").add("RS256");
    return body;
  }

  /** The clouds' login hosts, as clients ask for them before they believe an authority. */
  static ObjectNode instances(Cloud asked, Tenant first) {
    ObjectNode body = Json.object();
    body.put(
        "tenant_discovery_endpoint",
        "https://"
            + asked.loginHosts().getFirst()
            + "/"
            + first.id()
            + "/v2.0/.well-known/openid-configuration");
    body.put("api-version", "1.1");
    ArrayNode metadata = body.putArray("metadata");
    for (Cloud cloud : Cloud.values()) {
      ObjectNode one = metadata.addObject();
      one.put("preferred_network", cloud.loginHosts().getFirst());
      one.put("preferred_cache", cloud.loginHosts().getLast());
      ArrayNode aliases = one.putArray("aliases");
      cloud.loginHosts().forEach(aliases::add);
      if (cloud == Cloud.PUBLIC) {
        aliases.add("sts.windows.net");
      }
    }
    return body;
  }
}
