package dev.keygate.emulator.maa;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.jose.RsaJwk;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.TcbComponent;
import dev.keygate.evidence.snp.TcbLayout;
import java.util.Locale;
import java.util.Set;

/** The claims of an {@code azurevm} token about an appraised guest. */
final class GuestClaims {

  private static final String VM = "x-ms-azurevm-";
  private static final String SNP = "x-ms-sevsnpvm-";

  private final Set<Bytes> knownMeasurements;

  /**
   * @param knownMeasurements launch measurements of paravisors that are called compliant
   */
  GuestClaims(Set<Bytes> knownMeasurements) {
    this.knownMeasurements = Set.copyOf(knownMeasurements);
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
    SnpReport report = guest.evidence().report();
    ObjectNode claims = Json.object().put("x-ms-attestation-type", "sevsnpvm");
    if (knownMeasurements.contains(report.launchMeasurement())) {
      claims.put("x-ms-compliance-status", "azure-compliant-cvm");
    }
    putHex(claims, "authorkeydigest", report.field(SnpField.AUTHOR_KEY_DIGEST));
    putHex(claims, "familyId", report.field(SnpField.FAMILY_ID));
    claims.put(SNP + "guestsvn", report.guestSvn());
    putHex(claims, "hostdata", report.hostData());
    putHex(claims, "idkeydigest", report.field(SnpField.ID_KEY_DIGEST));
    putHex(claims, "imageId", report.field(SnpField.IMAGE_ID));
    claims.put(SNP + "is-debuggable", report.policy().allowsDebug());
    putHex(claims, "launchmeasurement", report.launchMeasurement());
    claims.put(SNP + "migration-allowed", report.policy().allowsMigrationAgent());
    putHex(claims, "reportdata", report.reportData());
    putHex(claims, "reportid", report.field(SnpField.REPORT_ID));
    claims.put(SNP + "smt-allowed", report.policy().allowsSmt());
    claims.put(SNP + "vmpl", report.vmpl());
    putTcb(claims, guest);
    try {
      return claims.set("x-ms-runtime", Json.parseObject(guest.evidence().claims().raw().utf8()));
    } catch (MalformedTextException e) {
      throw new IllegalStateException("verified runtime claims are no JSON object", e);
    }
  }

  private static void putTcb(ObjectNode claims, AppraisedGuest guest) {
    TcbLayout layout = guest.evidence().endorsement().product().tcbLayout();
    for (TcbComponent component : layout.indexes().keySet()) {
      int level =
          guest.evidence().report().reportedTcb().patchLevel(layout, component).orElseThrow();
      claims.put(SNP + claimName(component), level);
    }
  }

  private static String claimName(TcbComponent component) {
    return switch (component) {
      case FMC -> "fmc-svn";
      case BOOTLOADER -> "bootloader-svn";
      case TEE -> "tee-svn";
      case SNP -> "snpfw-svn";
      case MICROCODE -> "microcode-svn";
    };
  }

  private static void putHex(ObjectNode claims, String name, Bytes value) {
    claims.put(SNP + name, value.hex());
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
