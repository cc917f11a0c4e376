package dev.keygate.emulator.thim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.evidence.bytes.Bytes;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intel's collateral as THIM serves it, below {@code sgx/certification} and {@code
 * tdx/certification}, in the generations {@code v3} and {@code v4}:
 *
 * <pre>
 *   pckcert?qeid&amp;cpusvn&amp;pcesvn&amp;pceid   tcb?fmspc   qe/identity   qve/identity
 *   pckcrl?ca=platform|uri=&amp;encoding=der|pem        rootcacrl     crl?uri
 * </pre>
 *
 * PCK certificates, lists, and TCB information of SGX are under {@code sgx} only; TDX is known to
 * {@code v4} only. Any quoting enclave is taken for the lab's. Safe for use by several threads.
 */
public final class IntelCollateral {

  private static final Pattern ROUTE =
      Pattern.compile(
          "(sgx|tdx)/certification(?:/(v3|v4))?/"
              + "(pckcert|pckcrl|tcb|qe/identity|qve/identity|rootcacrl|crl)");
  private static final String ROOT_LIST =
      "https://certificates.trustedservices.intel.com/IntelSGXRootCA.der";
  private static final Map<String, Pattern> PCK_PARAMETERS =
      Map.of(
          "qeid", Pattern.compile("[0-9a-fA-F]{1,260}"),
          "cpusvn", Pattern.compile("[0-9a-fA-F]{32}"),
          "pcesvn", Pattern.compile("[0-9a-fA-F]{4}"),
          "pceid", Pattern.compile("[0-9a-fA-F]{4}"));

  private final IntelPlatform platform;
  private final Supplier<PckFormat> format;
  private final SignedCollateral signed;

  /** What is known of one platform. */
  public IntelCollateral(
      IntelPlatform platform, Supplier<PckFormat> format, Supplier<CollateralDates> dates) {
    this.platform = platform;
    this.format = format;
    this.signed = new SignedCollateral(platform, dates);
  }

  /**
   * The answer, where the route is one of these.
   *
   * @param path in lower case, without a leading slash
   */
  public Optional<HttpResponse> answer(String path, HttpRequest request) {
    Matcher route = ROUTE.matcher(path);
    if (!route.matches()) {
      return Optional.empty();
    }
    if (!request.method().equals("GET")) {
      return Optional.of(ThimRefusals.of(405, "The method is not allowed."));
    }
    boolean v3 = "v3".equals(route.group(2));
    ApiGeneration generation = v3 ? ApiGeneration.V3 : ApiGeneration.V4;
    HttpResponse answer =
        route.group(1).equals("sgx")
            ? sgx(route.group(3), generation, request)
            : tdx(route.group(3), generation, request);
    return Optional.of(answer.with("Request-ID", UUID.randomUUID().toString()));
  }

  private HttpResponse sgx(String item, ApiGeneration generation, HttpRequest request) {
    return switch (item) {
      case "pckcert" -> pck(request);
      case "pckcrl" -> pckRevocations(request);
      case "tcb" -> tcb("SGX", generation, request);
      case "qe/identity" -> identity("QE");
      case "qve/identity" -> identity("QVE");
      case "rootcacrl" -> HttpResponse.text(200, platform.rootRevocations().hex());
      default -> rootRevocations(request);
    };
  }

  private HttpResponse tdx(String item, ApiGeneration generation, HttpRequest request) {
    if (generation == ApiGeneration.V3) {
      return ThimRefusals.notFound();
    }
    return switch (item) {
      case "tcb" -> tcb("TDX", generation, request);
      case "qe/identity" -> identity("TD_QE");
      default -> ThimRefusals.notFound();
    };
  }

  private HttpResponse pck(HttpRequest request) {
    for (Map.Entry<String, Pattern> parameter : PCK_PARAMETERS.entrySet()) {
      String value = request.parameter(parameter.getKey()).orElse("");
      if (!parameter.getValue().matcher(value).matches()) {
        return ThimRefusals.of(400, "The parameter " + parameter.getKey() + " is not valid.");
      }
    }
    String issuers = escaped(platform.pckIssuersPem());
    if (format.get() == PckFormat.JSON) {
      ObjectNode body = Json.object().put("pckCert", platform.pckPem());
      body.put("sgx-Pck-Certificate-Issuer-Chain", issuers).put("sgx-Tcbm", platform.tcbm());
      return HttpResponse.json(200, body.put("cacheMaxAge", "86400").put("version", "2.0"));
    }
    return cached(platform.pckPem(), "application/x-pem-file")
        .with("SGX-PCK-Certificate-Issuer-Chain", issuers)
        .with("SGX-TCBm", platform.tcbm())
        .with("SGX-PCK-Certificate-CA-Type", "platform")
        .with("SGX-FMSPC", platform.fmspc());
  }

  private HttpResponse pckRevocations(HttpRequest request) {
    boolean byUri = request.parameter("uri").orElse("").startsWith("https://");
    if (!byUri && !request.parameter("ca").orElse("").equals("platform")) {
      return request.parameter("ca").orElse("").equals("processor")
          ? ThimRefusals.notFound()
          : ThimRefusals.of(400, "The parameter ca is not valid.");
    }
    Bytes list = platform.caRevocations();
    HttpResponse answer =
        switch (request.parameter("encoding").orElse("pem").toLowerCase(Locale.ROOT)) {
          case "der" -> HttpResponse.binary("application/pkix-crl", list.toArray());
          case "pem" -> cached(pem(list), "application/x-pem-file");
          default -> ThimRefusals.of(400, "The parameter encoding is not valid.");
        };
    return answer.with("SGX-PCK-CRL-Issuer-Chain", escaped(platform.pckIssuersPem()));
  }

  private HttpResponse rootRevocations(HttpRequest request) {
    return request.parameter("uri").orElse("").equals(ROOT_LIST)
        ? HttpResponse.binary("application/pkix-crl", platform.rootRevocations().toArray())
        : ThimRefusals.notFound();
  }

  private HttpResponse tcb(String tee, ApiGeneration generation, HttpRequest request) {
    String fmspc = request.parameter("fmspc").orElse("");
    if (!fmspc.matches("[0-9a-fA-F]{12}")) {
      return ThimRefusals.of(400, "The parameter fmspc is not valid.");
    }
    return fmspc.equalsIgnoreCase(platform.fmspc())
        ? cached(signed.tcbInfo(tee, generation), "application/json")
            .with(generation.tcbChainHeader(), escaped(platform.signersPem()))
        : ThimRefusals.notFound();
  }

  private HttpResponse identity(String id) {
    return cached(signed.identity(id), "application/json")
        .with("SGX-Enclave-Identity-Issuer-Chain", escaped(platform.signersPem()));
  }

  private static HttpResponse cached(String body, String type) {
    return HttpResponse.text(200, body)
        .with("Content-Type", type)
        .with("Cache-Control", "max-age=86400");
  }

  private static String pem(Bytes list) {
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(list.toArray());
    return "-----BEGIN X509 CRL-----\n" + base64 + "\n-----END X509 CRL-----\n";
  }

  private static String escaped(String pem) {
    return URLEncoder.encode(pem, UTF_8).replace("+", "%20");
  }
}
