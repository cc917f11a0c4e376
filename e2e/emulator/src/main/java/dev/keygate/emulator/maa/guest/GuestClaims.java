package dev.keygate.emulator.maa.guest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.RsaJwk;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.maa.evidence.SnpClaims;
import java.util.Locale;

/** The claims of an {@code azurevm} token about an appraised guest. */
final class GuestClaims {

  private static final String VM = "x-ms-azurevm-";

  private final SnpClaims hardware;

  GuestClaims(SnpClaims hardware) {
    this.hardware = hardware;
  }

  ObjectNode of(AppraisedGuest guest) {
    ObjectNode claims = Json.object().put("x-ms-attestation-type", "azurevm");
    claims.put("secureboot", guest.isSecureBoot());
    putGuest(claims, guest);
    claims.set("x-ms-isolation-tee", isolation(guest));
    ObjectNode runtime = claims.putObject("x-ms-runtime");
    runtime.set("client-payload", guest.description().clientPayload());
    ObjectNode key = runtime.putArray("keys").addObject().put("kid", "TpmEphemeralEncryptionKey");
    key.putArray("key_ops").add("encrypt");
    RsaJwk.put(key.put("kty", "RSA"), guest.ephemeralKey());
    return claims;
  }

  private static void putGuest(ObjectNode claims, AppraisedGuest guest) {
    GuestDescription os = guest.description();
    claims.put(VM + "attestation-protocol-ver", "2.0");
    ArrayNode pcrs = claims.putArray(VM + "attested-pcrs");
    guest.evidence().pcrs().selection().indices().forEach(pcrs::add);
    for (String off :
        new String[] {
          "bootdebug-enabled",
          "elam-enabled",
          "flightsigning-enabled",
          "hypervisordebug-enabled",
          "is-windows",
          "kerneldebug-enabled",
          "signingdisabled",
          "testsigning-enabled"
        }) {
      claims.put(VM + off, false);
    }
    boolean secureBoot = guest.isSecureBoot();
    claims.put(VM + "dbvalidated", secureBoot).put(VM + "dbxvalidated", secureBoot);
    claims.put(VM + "default-securebootkeysvalidated", secureBoot);
    claims.put(VM + "debuggersdisabled", true).put(VM + "hvci-policy", 0);
    claims.put(VM + "osbuild", os.osBuild()).put(VM + "osdistro", os.osDistro());
    claims.put(VM + "ostype", os.osType());
    claims.put(VM + "osversion-major", number(os.osVersionMajor()));
    claims.put(VM + "osversion-minor", number(os.osVersionMinor()));
    claims.put(VM + "vmid", guest.vmId().toUpperCase(Locale.ROOT));
  }

  private ObjectNode isolation(AppraisedGuest guest) {
    ObjectNode claims =
        hardware.of(guest.evidence().report(), guest.evidence().endorsement().product());
    try {
      return claims.set("x-ms-runtime", Json.parseObject(guest.evidence().claims().raw().utf8()));
    } catch (MalformedTextException e) {
      throw new IllegalStateException("verified runtime claims are no JSON object", e);
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
