package dev.keygate.emulator.maa;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.decision.Decision;
import dev.keygate.emulator.decision.DecisionLog;
import dev.keygate.emulator.entra.AccessTokenIssuer;
import dev.keygate.emulator.entra.AccessTokenVerifier;
import dev.keygate.emulator.entra.Audience;
import dev.keygate.emulator.entra.Directory;
import dev.keygate.emulator.entra.Entra;
import dev.keygate.emulator.entra.ServicePrincipal;
import dev.keygate.emulator.jose.CompactJws;
import dev.keygate.emulator.jose.KeySet;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.maa.evidence.ComplianceStatus;
import dev.keygate.emulator.maa.token.SigningCertificates;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.LabCertificates;
import dev.keygate.emulator.oidc.IssuerKeys;
import dev.keygate.emulator.state.KeyRing;
import dev.keygate.emulator.state.MemoryState;
import dev.keygate.emulator.testing.ShiftedTime;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.Digest;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareIntel;
import dev.keygate.evidence.testing.SoftwareVcek;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A provider, asked in this process, and evidence that it believes. */
final class MaaBench {

  static final String HOST = "sharedweu.weu.attest.azure.net";
  static final String ISSUER = "https://" + HOST;
  static final UUID TENANT = new UUID(0, 10);
  static final String RUNTIME =
      "{\"keys\":[],\"vm-configuration\":{\"vmUniqueId\":\"2E0A7C55-93D2-4C0A-8A7D-5B1F0C6A0001\"}}";
  static final Bytes CHIP = Digest.SHA512.of(Bytes.ofUtf8("a chip"));
  static final TcbVersion TCB = new TcbVersion(0xDB18_0000_0000_0004L);
  static final Bytes UTILITY_MACHINE = Bytes.ofUtf8("a utility machine").sha384();

  final ShiftedTime time = new ShiftedTime();
  final SoftwareAmd amd;
  final SoftwareIntel intel;
  final DecisionLog log = new DecisionLog();
  final AccessTokenIssuer tokens;
  Maa maa;
  private final SecureRandom random = new SecureRandom();
  private final KeyRing ring = new KeyRing(new MemoryState(), random);
  private final IssuerKeys issuers;

  MaaBench() {
    ring.prepare(Verifier.keyNames(HOST));
    amd = SoftwareAmd.create(SnpProduct.MILAN, 2048, time.now().minus(Duration.ofDays(1)), random);
    intel = SoftwareIntel.create(time.now().minus(Duration.ofDays(1)), random);
    LabCertificates certificates = new LabCertificates(ring, random, time);
    tokens = new AccessTokenIssuer(TENANT, certificates.issue("entra", List.of("sts")), time);
    issuers = new TenantKeys();
    maa = provider(hardware(), MaaSwitches.STRICT);
  }

  /** Puts a provider that nothing was done to in the place of the present one. */
  void renew() {
    maa = provider(hardware(), MaaSwitches.STRICT);
  }

  /** The keys of the one tenant, without the network. */
  private final class TenantKeys implements IssuerKeys {
    @Override
    public KeySet keys(String issuer) {
      Entra entra = new Entra(new Directory(TENANT, List.of()), tokens, time);
      try (entra) {
        String path = "/" + TENANT + "/discovery/v2.0/keys";
        return KeySet.parse(
            entra.answer(new HttpRequest("GET", path, Map.of(), Map.of(), "")).body());
      } catch (MalformedTextException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public KeySet refreshedKeys(String issuer) {
      return keys(issuer);
    }
  }

  TrustedHardware hardware() {
    return new TrustedHardware(
        PinnedRoots.amd().plus(amd.arkDigest()),
        PinnedRoots.intel().plus(intel.rootDigest()),
        Map.of(
            SnpReportBuilder.PARAVISOR_MEASUREMENT,
            ComplianceStatus.CVM,
            UTILITY_MACHINE,
            ComplianceStatus.UVM));
  }

  Maa provider(TrustedHardware hardware, MaaSwitches switches) {
    AccessTokenVerifier callers =
        new AccessTokenVerifier(TENANT, Audience.ATTESTATION, issuers, time);
    return new Verifier(hardware, () -> switches, callers, log, time, random)
        .provider(HOST, new SigningCertificates(ring, amd, time.now()));
  }

  String bearer(Audience audience) {
    ServicePrincipal anybody = new ServicePrincipal("anybody", new UUID(1, 1), new UUID(2, 1));
    return "Bearer " + tokens.issue(anybody, audience, Duration.ofHours(1)).text();
  }

  /** An answer. */
  record Reply(HttpResponse response, JsonNode json) {

    int status() {
      return response.status();
    }

    String code() {
      return json.at("/error/code").asText();
    }

    CompactJws token() {
      return jws(json.path("token").asText());
    }

    JsonNode claims() {
      return token().unverifiedClaims();
    }
  }

  static CompactJws jws(String text) {
    try {
      return CompactJws.parse(text);
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  static Reply ask(Maa provider, String method, String target, String body, String... headers) {
    String[] parts = target.split("\\?api-version=", 2);
    Map<String, String> query = parts.length == 2 ? Map.of("api-version", parts[1]) : Map.of();
    Map<String, String> fields = headers.length == 2 ? Map.of(headers[0], headers[1]) : Map.of();
    HttpResponse response = provider.answer(new HttpRequest(method, parts[0], query, fields, body));
    try {
      return new Reply(response, Json.parseObject(response.body()));
    } catch (MalformedTextException e) {
      throw new IllegalStateException(response.body(), e);
    }
  }

  Reply get(String target, String... headers) {
    return ask(maa, "GET", target, "", headers);
  }

  Reply snp(ObjectNode body) {
    return ask(maa, "POST", "/attest/SevSnpVm?api-version=2022-08-01", body.toString());
  }

  Reply tdx(ObjectNode body) {
    return ask(maa, "POST", "/attest/TdxVm?api-version=2023-04-01-preview", body.toString());
  }

  SoftwareVcek vcek() {
    return amd.vcek(CHIP, TCB);
  }

  /** A report about {@link #RUNTIME}. */
  SnpReportBuilder report() {
    return SnpReportBuilder.of(vcek()).reportData(Bytes.ofUtf8(RUNTIME).sha256());
  }

  static ObjectNode body(Bytes report, String chainPem) {
    ObjectNode evidence = Json.object().put("SnpReport", url(report));
    evidence.put("VcekCertChain", url(Bytes.ofUtf8(chainPem)));
    ObjectNode body = Json.object().put("report", url(Bytes.ofUtf8(evidence.toString())));
    return withRuntime(body, RUNTIME);
  }

  ObjectNode body(SnpReportBuilder report) {
    return body(report.build(), vcek().chainPem());
  }

  /** A quote about {@link #RUNTIME}. */
  TdQuoteBuilder quote() {
    return TdQuoteBuilder.of(intel.platform(SgxPlatform.EMERALD))
        .reportData(Bytes.ofUtf8(RUNTIME).sha256());
  }

  static ObjectNode body(TdQuoteBuilder quote) {
    return withRuntime(Json.object().put("quote", url(quote.build())), RUNTIME);
  }

  static ObjectNode withRuntime(ObjectNode body, String runtime) {
    body.putObject("runtimeData")
        .put("data", Base64Text.url(runtime.getBytes(UTF_8)))
        .put("dataType", "JSON");
    return body;
  }

  static String url(Bytes bytes) {
    return Base64Text.url(bytes.toArray());
  }

  Decision lastDecision() {
    return log.all().getLast();
  }

  /** Whether one of the keys that the provider publishes signed the token. */
  boolean isPublished(CompactJws token) throws MalformedTextException {
    KeySet keys = KeySet.parse(get("/certs").response().body());
    return keys.findCertified(token.keyId()).filter(token::isSignedBy).isPresent();
  }
}
