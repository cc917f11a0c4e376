package dev.keygate.emulator.keyvault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Attestation tokens that admit nobody, each with one defect. */
final class BadTokens {

  static final String NOT_VERIFIED = "Target environment attestation statement cannot be verified.";
  static final String POLICY =
      "Target environment attestation does not meet key release policy requirements";

  private BadTokens() {}

  /** Defect, change of the claims, change of the header, what is told, and the check that fails. */
  static Stream<Arguments> all() {
    return Stream.of(
        claims("expired", c -> c.put("exp", 1000), NOT_VERIFIED, "exp"),
        claims("without expiry", c -> c.remove("exp"), NOT_VERIFIED, "exp"),
        claims("of the future", c -> c.put("nbf", 99_999_999_999L), NOT_VERIFIED, "nbf"),
        claims("other issuer", c -> c.put("iss", "https://evil.example"), POLICY, "authority"),
        claims("no issuer", c -> c.remove("iss"), POLICY, "authority"),
        claims("no runtime", c -> c.remove("x-ms-runtime"), NOT_VERIFIED, "x-ms-runtime.keys"),
        claims("no key", c -> keys(c).removeAll(), NOT_VERIFIED, "x-ms-runtime.keys"),
        claims("unnamed key", c -> first(c).remove("kid"), NOT_VERIFIED, "x-ms-runtime.keys"),
        claims(
            "key for signing",
            c -> first(c).putArray("key_ops").add("sign"),
            NOT_VERIFIED,
            "x-ms-runtime.keys"),
        claims(
            "key only under the hardware's claims",
            c -> {
              ObjectNode tee = (ObjectNode) c.path("x-ms-isolation-tee");
              tee.set("x-ms-runtime", c.remove("x-ms-runtime"));
            },
            NOT_VERIFIED,
            "x-ms-runtime.keys"),
        claims(
            "another status",
            c -> tee(c).put("x-ms-compliance-status", "azure-compliant-uvm"),
            POLICY,
            "anyOf[0].allOf[0]"),
        claims(
            "status of another case",
            c -> tee(c).put("x-ms-compliance-status", "Azure-Compliant-CVM"),
            POLICY,
            "anyOf[0].allOf[0]"),
        claims(
            "no status", c -> tee(c).remove("x-ms-compliance-status"), POLICY, "anyOf[0].allOf[0]"),
        claims(
            "status at the top",
            c -> {
              tee(c).remove("x-ms-compliance-status");
              c.put("x-ms-compliance-status", "azure-compliant-cvm");
            },
            POLICY,
            "anyOf[0].allOf[0]"),
        header("alg none", h -> h.put("alg", "none"), "signature"),
        header("alg HS256", h -> h.put("alg", "HS256"), "signature"),
        header("critical header", h -> h.putArray("crit").add("x"), "signature"),
        header("keys of another host", h -> h.put("jku", "https://evil.example/certs"), "jku"),
        header(
            "keys of a host that begins alike",
            h -> h.put("jku", TestAuthority.ISSUER + ".evil.example/certs"),
            "jku"),
        header("keys at no address", h -> h.putArray("jku"), "jku"),
        header("unknown kid", h -> h.put("kid", "other"), "kid"),
        header("no kid", h -> h.remove("kid"), "kid"),
        header("key without certificate", h -> h.put("kid", "uncertified"), "kid"));
  }

  private static Arguments claims(
      String defect, Consumer<ObjectNode> change, String text, String check) {
    Consumer<ObjectNode> none = header -> {};
    return Arguments.of(defect, change, none, text, check);
  }

  private static Arguments header(String defect, Consumer<ObjectNode> change, String check) {
    Consumer<ObjectNode> none = claims -> {};
    return Arguments.of(defect, none, change, NOT_VERIFIED, check);
  }

  private static ArrayNode keys(ObjectNode claims) {
    return (ArrayNode) claims.at("/x-ms-runtime/keys");
  }

  private static ObjectNode first(ObjectNode claims) {
    return (ObjectNode) keys(claims).path(0);
  }

  private static ObjectNode tee(ObjectNode claims) {
    return (ObjectNode) claims.path("x-ms-isolation-tee");
  }
}
