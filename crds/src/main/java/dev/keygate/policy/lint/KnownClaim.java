package dev.keygate.policy.lint;

import dev.keygate.policy.ClaimCondition;
import dev.keygate.policy.ClaimName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of the claims that Azure's attestation tokens carry. */
final class KnownClaim {

  static final String ATTESTATION_TYPE = "x-ms-attestation-type";
  static final String POLICY_HASH = "x-ms-policy-hash";

  /** Guest tokens carry the hardware's claims below this one. */
  private static final String ISOLATION_TEE = "x-ms-isolation-tee.";

  private static final String MACHINE = "belongs to one machine: its replacement gets no key";
  private static final String TOKEN = "differs from token to token";
  private static final String BOOT_FIRMWARE =
      "changes whenever Azure replaces the firmware that it boots such machines with";
  private static final String HOST_FIRMWARE =
      "rises with the host's firmware, and equals cannot say 'at least'";

  /** Claims without the prefix of guest tokens: why their value does not last. */
  private static final Map<String, String> VOLATILE =
      Map.ofEntries(
          Map.entry("x-ms-sevsnpvm-launchmeasurement", BOOT_FIRMWARE),
          Map.entry("tdx_mrtd", BOOT_FIRMWARE),
          Map.entry("x-ms-sevsnpvm-bootloader-svn", HOST_FIRMWARE),
          Map.entry("x-ms-sevsnpvm-microcode-svn", HOST_FIRMWARE),
          Map.entry("x-ms-sevsnpvm-snpfw-svn", HOST_FIRMWARE),
          Map.entry("x-ms-sevsnpvm-tee-svn", HOST_FIRMWARE),
          Map.entry("tdx_mrseam", HOST_FIRMWARE),
          Map.entry("tdx_seamsvn", HOST_FIRMWARE),
          Map.entry("tdx_tee_tcb_svn", HOST_FIRMWARE),
          Map.entry("x-ms-sevsnpvm-reportdata", TOKEN),
          Map.entry("x-ms-sevsnpvm-reportid", TOKEN),
          Map.entry("x-ms-sgx-report-data", TOKEN),
          Map.entry("tdx_report_data", TOKEN),
          Map.entry("x-ms-runtime.vm-configuration.current-time", TOKEN),
          Map.entry("exp", TOKEN),
          Map.entry("iat", TOKEN),
          Map.entry("jti", TOKEN),
          Map.entry("nbf", TOKEN),
          Map.entry("nonce", TOKEN),
          Map.entry("x-ms-azurevm-vmid", MACHINE),
          Map.entry("x-ms-runtime.vm-configuration.vmUniqueId", MACHINE));

  /** Claims that are true where the host may debug, whatever token has them. */
  private static final Set<String> DEBUG =
      Set.of(
          "x-ms-sevsnpvm-is-debuggable",
          "tdx_td_attributes_debug",
          "x-ms-sgx-is-debuggable",
          "is-debuggable");

  private KnownClaim() {}

  /** The hardware's name of a claim, wherever the token has it. */
  static String hardwareName(ClaimName claim) {
    String path = claim.path();
    return path.startsWith(ISOLATION_TEE) ? path.substring(ISOLATION_TEE.length()) : path;
  }

  /** Why a claim's value does not last; empty if nothing speaks against comparing it. */
  static Optional<String> volatility(ClaimName claim) {
    return Optional.ofNullable(VOLATILE.get(hardwareName(claim)));
  }

  /** Whether a comparison is false for every machine that the host may debug. */
  static boolean forbidsDebug(ClaimCondition condition) {
    String name = hardwareName(condition.claim());
    String text = condition.value().text();
    return condition.operator().isEvaluated()
        && (DEBUG.contains(name)
            ? text.equals("false")
            : name.equals("dbgstat") && text.equals("disabled"));
  }

  /** Whether tokens write a claim's octets in lower-case hexadecimal digits. */
  static boolean isHexadecimal(ClaimName claim) {
    String name = hardwareName(claim);
    return (name.startsWith("x-ms-sevsnpvm-")
            || name.startsWith("tdx_")
            || name.startsWith("x-ms-sgx-")
            || name.startsWith("sgx-mr"))
        // The enclave's held data is base64url, which may look hexadecimal.
        && !name.equals("x-ms-sgx-ehd");
  }

  /** Which hardware alone has tokens with that claim, or with that value of it. */
  static Optional<String> hardware(ClaimCondition condition) {
    String name = hardwareName(condition.claim());
    if (name.equals(ATTESTATION_TYPE)) {
      return switch (condition.value().text()) {
        case "sevsnpvm" -> Optional.of("SEV-SNP");
        case "tdxvm" -> Optional.of("TDX");
        case "sgx" -> Optional.of("SGX");
        default -> Optional.empty();
      };
    }
    if (name.startsWith("x-ms-sevsnpvm-")) {
      return Optional.of("SEV-SNP");
    }
    if (name.startsWith("x-ms-sgx-")) {
      return Optional.of("SGX");
    }
    return name.startsWith("tdx_") ? Optional.of("TDX") : Optional.empty();
  }

  /** Which kind of token has that claim, or that value of it. */
  static TokenKind kind(ClaimCondition condition) {
    String path = condition.claim().path();
    if (path.equals(ATTESTATION_TYPE)) {
      return switch (condition.value().text()) {
        case "azurevm" -> TokenKind.GUEST;
        case "sevsnpvm", "tdxvm" -> TokenKind.PLATFORM;
        default -> TokenKind.ANY;
      };
    }
    if (path.startsWith(ISOLATION_TEE)
        || path.startsWith("x-ms-azurevm-")
        || path.startsWith("x-ms-runtime.client-payload")
        || path.equals("secureboot")) {
      return TokenKind.GUEST;
    }
    return path.equals("x-ms-compliance-status")
            || path.startsWith("x-ms-sevsnpvm-")
            || path.startsWith("tdx_")
            || path.startsWith("x-ms-runtime.vm-configuration")
        ? TokenKind.PLATFORM
        : TokenKind.ANY;
  }
}
