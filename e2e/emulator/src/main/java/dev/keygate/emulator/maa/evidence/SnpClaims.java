package dev.keygate.emulator.maa.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.SnpReport;
import dev.keygate.evidence.snp.TcbComponent;
import dev.keygate.evidence.snp.TcbLayout;
import java.util.Map;

/**
 * The claims about a verified SNP report. Hexadecimal is lower-case; SVNs are the reported TCB's.
 */
public final class SnpClaims {

  private static final String SNP = "x-ms-sevsnpvm-";

  private final Map<Bytes, ComplianceStatus> measurements;

  /**
   * @param measurements launch measurements that are known; a token about any other has no
   *     compliance status
   */
  public SnpClaims(Map<Bytes, ComplianceStatus> measurements) {
    this.measurements = Map.copyOf(measurements);
  }

  /** Everything but {@code x-ms-runtime}. */
  public ObjectNode of(SnpReport report, SnpProduct product) {
    ObjectNode claims = Json.object().put("x-ms-attestation-type", "sevsnpvm");
    ComplianceStatus status = measurements.get(report.launchMeasurement());
    if (status != null) {
      claims.put("x-ms-compliance-status", status.claim());
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
    putTcb(claims, report, product.tcbLayout());
    return claims;
  }

  private static void putTcb(ObjectNode claims, SnpReport report, TcbLayout layout) {
    for (TcbComponent component : layout.indexes().keySet()) {
      int level = report.reportedTcb().patchLevel(layout, component).orElseThrow();
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
}
