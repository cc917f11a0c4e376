package dev.keygate.emulator.maa.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tdx.TdAttributes;
import dev.keygate.evidence.tdx.TdQuoteBody;
import dev.keygate.evidence.tdx.TdQuoteField;
import java.util.Map;

/** The claims about a verified TD quote (EAT profile of Azure Attestation for TDX). */
public final class TdClaims {

  private static final Map<TdQuoteField, String> HEX =
      Map.ofEntries(
          Map.entry(TdQuoteField.MRSEAM, "tdx_mrseam"),
          Map.entry(TdQuoteField.MRSIGNERSEAM, "tdx_mrsignerseam"),
          Map.entry(TdQuoteField.MRTD, "tdx_mrtd"),
          Map.entry(TdQuoteField.RTMR0, "tdx_rtmr0"),
          Map.entry(TdQuoteField.RTMR1, "tdx_rtmr1"),
          Map.entry(TdQuoteField.RTMR2, "tdx_rtmr2"),
          Map.entry(TdQuoteField.RTMR3, "tdx_rtmr3"),
          Map.entry(TdQuoteField.MRCONFIGID, "tdx_mrconfigid"),
          Map.entry(TdQuoteField.MROWNER, "tdx_mrowner"),
          Map.entry(TdQuoteField.MROWNERCONFIG, "tdx_mrownerconfig"),
          Map.entry(TdQuoteField.REPORTDATA, "tdx_report_data"),
          Map.entry(TdQuoteField.SEAMATTRIBUTES, "tdx_seam_attributes"),
          Map.entry(TdQuoteField.TDATTRIBUTES, "tdx_td_attributes"),
          Map.entry(TdQuoteField.XFAM, "tdx_xfam"),
          Map.entry(TdQuoteField.TEE_TCB_SVN, "tdx_tee_tcb_svn"));

  private final Map<Bytes, ComplianceStatus> measurements;

  /**
   * @param measurements MRTDs that are known; a token about any other has no compliance status
   */
  public TdClaims(Map<Bytes, ComplianceStatus> measurements) {
    this.measurements = Map.copyOf(measurements);
  }

  /** Everything but {@code x-ms-runtime}. The TCB is called up to date: nobody rates it here. */
  public ObjectNode of(TdQuoteBody body) {
    ObjectNode claims = Json.object().put("x-ms-attestation-type", "tdxvm");
    ComplianceStatus status = measurements.get(body.launchMeasurement());
    if (status != null) {
      claims.put("x-ms-compliance-status", status.claim());
    }
    TdAttributes attributes = body.attributes();
    claims.put("attester_tcb_status", "UpToDate");
    claims.put("dbgstat", attributes.allowsDebug() ? "enabled" : "disabled");
    claims.put("eat_profile", "https://aka.ms/maa-eat-profile-tdxvm").put("intuse", "generic");
    HEX.forEach((field, name) -> claims.put(name, body.field(field).orElse(Bytes.EMPTY).hex()));
    claims.put("tdx_seamsvn", body.field(TdQuoteField.TEE_TCB_SVN).orElseThrow().at(0));
    claims.put("tdx_td_attributes_debug", attributes.allowsDebug());
    claims.put("tdx_td_attributes_key_locker", attributes.allowsKeyLocker());
    claims.put("tdx_td_attributes_perfmon", attributes.allowsPerfmon());
    claims.put("tdx_td_attributes_protection_keys", attributes.allowsPks());
    return claims.put("tdx_td_attributes_septve_disable", attributes.isSeptVeDisabled());
  }
}
