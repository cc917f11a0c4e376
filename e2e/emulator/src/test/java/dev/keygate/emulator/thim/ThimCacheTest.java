package dev.keygate.emulator.thim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.net.HttpRequest;
import dev.keygate.emulator.net.HttpResponse;
import dev.keygate.emulator.net.Literal;
import dev.keygate.emulator.net.PlainHttp;
import dev.keygate.emulator.testing.ShiftedTime;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PckChain;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.endorsement.RevocationList;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareIntel;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class ThimCacheTest {

  private static final String CHIP = "ab".repeat(64);
  private static final String GOOD = "?api-version=2020-10-15-preview";
  private static final String PCK =
      "?qeid=00&cpusvn=" + "00".repeat(16) + "&pcesvn=0000&pceid=0000&encrypted_ppid=";
  private static final String ROOT_LIST =
      "https%3A%2F%2Fcertificates.trustedservices.intel.com%2FIntelSGXRootCA.der";

  private static ShiftedTime time;
  private static SoftwareIntel vendor;
  private static IntelPlatform platform;
  private static ThimCache cache;

  @BeforeAll
  static void start() {
    time = new ShiftedTime();
    SecureRandom random = new SecureRandom();
    vendor = SoftwareIntel.create(time.now().minus(Duration.ofDays(1)), random);
    platform = new IntelPlatform(vendor, SgxPlatform.EMERALD, time);
    cache = cache(PckFormat.JSON, CollateralDates.CURRENT);
  }

  private static ThimCache cache(PckFormat format, CollateralDates dates) {
    return new ThimCache(
        (chip, tcb) ->
            chip.hex().equals(CHIP) && tcb.hex().equals("0118000000000004")
                ? Optional.of("vcek\nask\nark\n")
                : Optional.empty(),
        new IntelCollateral(platform, () -> format, () -> dates));
  }

  @ParameterizedTest
  @CsvSource({
    "SevSnpVM,0118000000000004",
    "SevSnpVM,118000000000004",
    "sevsnpvm,0118000000000004",
    "SEVSNPVM,118000000000004"
  })
  @Tag("azure-42")
  void servesAChipsChainAtATcbOfAnySpelling(String kind, String tcb) {
    HttpResponse reply =
        get("/" + kind + "/certificates/" + CHIP + "/" + tcb + GOOD + "&clientId=ConfidentialACI");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("vcek\nask\nark\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/SevSnpVM/certificates/{chip}/0218000000000004{v},404",
    "/SevSnpVM/certificates/{chip}/0{v},404",
    "/SevSnpVM/certificates/{other}/0118000000000004{v},404",
    "/SevSnpVM/certificates/{chip}/0118000000000004,400",
    "/SevSnpVM/certificates/{chip}/0118000000000004?api-version=2018-10-01,400",
    "/SevSnpVM/certificates/{chip}/00118000000000004{v},400",
    "/SevSnpVM/certificates/{chip}/xyz{v},400",
    "/SevSnpVM/certificates/abcd/0118000000000004{v},400",
    "/SevSnpVM/certificates/{chip}{v},404",
    "/SevSnpVM/{chip}/0118000000000004{v},404",
    "/,404"
  })
  @Tag("azure-42")
  void refusesOtherChipsTcbsAndRoutes(String target, int status) throws Exception {
    HttpResponse reply =
        get(
            target
                .replace("{chip}", CHIP)
                .replace("{other}", "cd".repeat(64))
                .replace("{v}", GOOD));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(Json.parseObject(reply.body()).at("/error/code").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v3/", "v4/", ""})
  @Tag("azure-43")
  void servesThePckAsJson(String version) throws Exception {
    HttpResponse reply = get("/sgx/certification/" + version + "pckcert" + PCK);

    JsonNode json = Json.parseObject(reply.body());
    String issuers = json.path("sgx-Pck-Certificate-Issuer-Chain").asText();
    assertThat(issuers).doesNotContain("\n", " ");
    assertEndorsed(json.path("pckCert").asText() + unescaped(issuers));
    assertThat(json.path("sgx-Tcbm").asText())
        .isEqualTo(SgxPlatform.EMERALD.cpuSvn().hex() + "0d01");
    assertThat(json.path("cacheMaxAge").asText()).isEqualTo("86400");
    assertThat(reply.headers()).doesNotContainKey("SGX-TCBm");
  }

  @Test
  @Tag("azure-43")
  void servesThePckAsIntelDoesWhereItIsToldTo() throws Exception {
    ThimCache intels = cache(PckFormat.PEM, CollateralDates.CURRENT);

    HttpResponse reply = ask(intels, "GET", "/sgx/certification/v4/pckcert" + PCK);

    assertEndorsed(
        reply.body()
            + unescaped(reply.headers().getOrDefault("SGX-PCK-Certificate-Issuer-Chain", "")));
    assertThat(reply.headers())
        .containsEntry("SGX-TCBm", SgxPlatform.EMERALD.cpuSvn().hex() + "0d01")
        .containsEntry("SGX-PCK-Certificate-CA-Type", "platform")
        .containsEntry("SGX-FMSPC", SgxPlatform.EMERALD.fmspc().hex())
        .containsEntry("Cache-Control", "max-age=86400")
        .containsKey("Request-ID");
  }

  private static void assertEndorsed(String pem) throws Exception {
    PckChain chain = PckChain.parsePem(pem);
    chain.pck().verify(chain.ca().getPublicKey());
    chain.ca().verify(chain.root().getPublicKey());
    assertThat(PinnedRoots.digestOf(chain.root().getPublicKey())).isEqualTo(vendor.rootDigest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"qeid", "cpusvn", "pcesvn", "pceid"})
  @Tag("azure-43")
  void demandsWhatAPckIsAFunctionOf(String parameter) {
    String target = "/sgx/certification/v4/pckcert" + PCK;

    assertThat(get(target.replace(parameter + "=", "x=")).status()).isEqualTo(400);
    assertThat(get(target.replace(parameter + "=", parameter + "=z")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "sgx,v3,SGX-TCB-Info-Issuer-Chain,2,''",
    "sgx,v4,TCB-Info-Issuer-Chain,3,SGX",
    "tdx,v4,TCB-Info-Issuer-Chain,3,TDX"
  })
  @Tag("azure-43")
  void servesSignedTcbInformation(String tee, String api, String header, int version, String id)
      throws Exception {
    String fmspc = SgxPlatform.EMERALD.fmspc().hex();

    HttpResponse reply =
        get("/" + tee + "/certification/" + api + "/tcb?fmspc=" + fmspc + "&update=standard");

    JsonNode info = signed(reply, "tcbInfo", header);
    assertThat(info.path("version").asInt()).isEqualTo(version);
    assertThat(info.path("id").asText()).isEqualTo(id);
    assertThat(info.path("fmspc").asText()).isEqualTo(fmspc);
    assertThat(Instant.parse(info.path("nextUpdate").asText())).isAfter(time.now());
    assertThat(info.at("/tcbLevels/0/tcbStatus").asText()).isEqualTo("UpToDate");
    boolean old = api.equals("v3");
    JsonNode tcb = info.at("/tcbLevels/0/tcb");
    assertThat(tcb.path("sgxtcbcomp02svn").asInt()).isEqualTo(old ? 127 : 0);
    assertThat(tcb.path("sgxtcbcomponents")).hasSize(old ? 0 : 16);
    assertThat(tcb.path("tdxtcbcomponents")).hasSize(tee.equals("tdx") ? 16 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "/sgx/certification/v3/qe/identity,QE",
    "/sgx/certification/v4/qe/identity,QE",
    "/sgx/certification/v4/qve/identity,QVE",
    "/tdx/certification/v4/qe/identity,TD_QE"
  })
  @Tag("azure-43")
  void servesSignedIdentities(String target, String id) throws Exception {
    JsonNode identity = signed(get(target), "enclaveIdentity", "SGX-Enclave-Identity-Issuer-Chain");

    assertThat(identity.path("id").asText()).isEqualTo(id);
    assertThat(Instant.parse(identity.path("issueDate").asText())).isBefore(time.now());
  }

  @Test
  @Tag("azure-43")
  void servesWhatWasDueForAnUpdateWhereItIsToldTo() throws Exception {
    ThimCache stale = cache(PckFormat.JSON, CollateralDates.PAST);
    String fmspc = SgxPlatform.EMERALD.fmspc().hex();

    JsonNode info =
        signed(
            ask(stale, "GET", "/tdx/certification/v4/tcb?fmspc=" + fmspc),
            "tcbInfo",
            "TCB-Info-Issuer-Chain");

    assertThat(Instant.parse(info.path("nextUpdate").asText())).isBefore(time.now());
  }

  @Test
  @Tag("azure-43")
  void servesRevocationListsInEveryEncoding() throws Exception {
    HttpResponse der = get("/sgx/certification/v4/pckcrl?ca=platform&encoding=der");
    HttpResponse pem = get("/sgx/certification/v3/pckcrl?ca=platform");
    HttpResponse byUri = get("/sgx/certification/v4/pckcrl?uri=https%3A%2F%2Fx&encoding=der");
    HttpResponse hex = get("/sgx/certification/v3/rootcacrl");
    HttpResponse root = get("/sgx/certification/v4/crl?uri=" + ROOT_LIST);

    assertThat(issuer(der.body().getBytes(ISO_8859_1))).contains("CN=Intel SGX PCK Platform CA");
    assertThat(issuer(byUri.body().getBytes(ISO_8859_1))).contains("Platform CA");
    assertThat(pem.body()).startsWith("-----BEGIN X509 CRL-----\n");
    assertThat(unescaped(der.headers().getOrDefault("SGX-PCK-CRL-Issuer-Chain", "")))
        .startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(issuer(HexFormat.of().parseHex(hex.body()))).contains("CN=Intel SGX Root CA");
    assertThat(issuer(root.body().getBytes(ISO_8859_1))).contains("CN=Intel SGX Root CA");
  }

  @Test
  @Tag("azure-43")
  void sendsEveryOctetOfAListOverTheWire() throws Exception {
    try (PlainHttp http = PlainHttp.serve(Literal.loopback(0), cache);
        HttpClient client = HttpClient.newBuilder().build()) {
      java.net.http.HttpResponse<byte[]> reply =
          client.send(
              java.net.http.HttpRequest.newBuilder(
                      URI.create(http.url() + "/sgx/certification/v4/crl?uri=" + ROOT_LIST))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.ofByteArray());

      assertThat(issuer(reply.body())).contains("CN=Intel SGX Root CA");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/sgx/certification/v2/pckcert,404",
    "GET,/sgx/certification/v4/other,404",
    "GET,/tdx/certification/v3/tcb?fmspc=90c06f000000,404",
    "GET,/tdx/certification/v4/pckcert,404",
    "GET,/tdx/certification/v4/qve/identity,404",
    "GET,/sgx/certification/v4/tcb,400",
    "GET,/sgx/certification/v4/tcb?fmspc=90c0,400",
    "GET,/sgx/certification/v4/tcb?fmspc=000000000000,404",
    "GET,/sgx/certification/v4/pckcrl,400",
    "GET,/sgx/certification/v4/pckcrl?ca=root,400",
    "GET,/sgx/certification/v4/pckcrl?ca=processor,404",
    "GET,/sgx/certification/v4/pckcrl?ca=platform&encoding=hex,400",
    "GET,/sgx/certification/v4/crl,404",
    "GET,/sgx/certification/v4/crl?uri=https%3A%2F%2Fexample.org,404",
    "POST,/sgx/certification/v4/qe/identity,405"
  })
  @Tag("azure-43")
  void refusesOtherCollateral(String method, String target, int status) throws Exception {
    HttpResponse reply = ask(cache, method, target);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(Json.parseObject(reply.body()).at("/error/code").asText()).isNotEmpty();
  }

  private static JsonNode signed(HttpResponse reply, String member, String header)
      throws Exception {
    assertThat(reply.status()).isEqualTo(200);
    String body = reply.body();
    String opening = "{\"" + member + "\":";
    assertThat(body).startsWith(opening);
    String content = body.substring(opening.length(), body.indexOf(",\"signature\":"));
    JsonNode json = Json.parseObject(body);
    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(signer(unescaped(reply.headers().getOrDefault(header, ""))));
    verifier.update(content.getBytes(UTF_8));
    assertThat(verifier.verify(HexFormat.of().parseHex(json.path("signature").asText()))).isTrue();
    return json.path(member);
  }

  private static PublicKey signer(String pem) throws Exception {
    List<X509Certificate> chain = new ArrayList<>();
    CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)))
        .forEach(certificate -> chain.add((X509Certificate) certificate));
    assertThat(chain).hasSize(2);
    chain.getFirst().verify(chain.getLast().getPublicKey());
    assertThat(PinnedRoots.digestOf(chain.getLast().getPublicKey())).isEqualTo(vendor.rootDigest());
    return chain.getFirst().getPublicKey();
  }

  private static String issuer(byte[] der) throws Exception {
    return RevocationList.parse(Bytes.copyOf(der)).list().getIssuerX500Principal().getName();
  }

  private static String unescaped(String text) {
    return URLDecoder.decode(text, UTF_8);
  }

  private static HttpResponse get(String target) {
    return ask(cache, "GET", target);
  }

  private static HttpResponse ask(ThimCache service, String method, String target) {
    String[] parts = target.split("\\?", 2);
    Map<String, String> query = new LinkedHashMap<>();
    if (parts.length == 2) {
      for (String pair : parts[1].split("&", -1)) {
        String[] both = pair.split("=", 2);
        query.put(both[0], unescaped(both[1]));
      }
    }
    return service.answer(new HttpRequest(method, parts[0], query, Map.of(), ""));
  }
}
