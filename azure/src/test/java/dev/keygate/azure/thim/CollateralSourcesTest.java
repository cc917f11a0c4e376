package dev.keygate.azure.thim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.keygate.azure.http.ImdsEndpoint;
import dev.keygate.azure.http.JavaHttpExchange;
import dev.keygate.azure.http.Timeouts;
import dev.keygate.azure.testing.FakeTime;
import dev.keygate.azure.testing.LoopbackLab;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.endorsement.PinnedRoots;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SnpDefect;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareVcek;
import dev.keygate.evidence.verify.Check;
import dev.keygate.failure.FailureException;
import dev.keygate.failure.Reason;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each source against a server on loopback that serves what a software vendor signed. */
class CollateralSourcesTest {

  private final LoopbackLab lab = new LoopbackLab();
  private final FakeTime time = new FakeTime();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final JavaHttpExchange tls = JavaHttpExchange.overTls(lab.network(), Timeouts.REMOTE);
  private final RegionalCacheCollateralSource regional =
      new RegionalCacheCollateralSource(RegionalCacheCollateralSource.NEAREST, tls, time);
  private final KdsCollateralSource kds =
      new KdsCollateralSource(KdsCollateralSource.AMD, tls, time);

  @AfterEach
  void close() {
    tls.close();
    lab.close();
  }

  @Test
  void asksTheRegionalCacheByChipAndReportedTcb() throws Exception {
    lab.serve("/SevSnpVM/", call -> answer(call, 200, Bytes.ofUtf8(pem())));

    AmdCertification found = regional.collateral(SoftwarePlatform.PLATFORM);

    assertThat(found.chain().endorsementKey())
        .isEqualTo(SoftwarePlatform.VCEK.chain().endorsementKey());
    assertThat(asked)
        .containsExactly(
            "/SevSnpVM/certificates/"
                + "c1".repeat(64)
                + "/db18000000000004?api-version=2020-10-15-preview");
    assertThat(lab.tunnels()).containsExactly("global.acccache.azure.net:443");
  }

  @Test
  void spellsTheTcbWithoutLeadingZeros() throws Exception {
    TcbVersion old = new TcbVersion(0x0308000000000002L);
    lab.serve("/SevSnpVM/", call -> answer(call, 200, Bytes.ofUtf8(pem())));

    regional.collateral(new AmdPlatform(SoftwarePlatform.CHIP, old, List.of(SnpProduct.MILAN)));

    assertThat(asked.getFirst()).contains("/308000000000002?");
  }

  @Test
  void asksAmdByChipAndPatchLevelsAndForItsRevocationList() throws Exception {
    serveKds(SoftwarePlatform.AMD, SoftwarePlatform.VCEK);

    AmdCertification found = kds.collateral(SoftwarePlatform.PLATFORM);

    assertThat(found.chain().revocations()).isPresent();
    assertThat(asked)
        .containsExactly(
            "/vcek/v1/Milan/" + "c1".repeat(64) + "?blSPL=04&teeSPL=00&snpSPL=24&ucodeSPL=219",
            "/vcek/v1/Milan/cert_chain",
            "/vcek/v1/Milan/crl");
    assertThat(lab.tunnels()).allMatch("kdsintf.amd.com:443"::equals);
  }

  @Test
  void asksAmdByTheShortIdOfTurin() throws Exception {
    SoftwareAmd turin =
        SoftwareAmd.create(
            SnpProduct.TURIN, 2048, Instant.parse("2026-01-01T00:00:00Z"), new SecureRandom());
    SoftwareVcek vcek =
        turin.vcek(Bytes.fromHex("0123456789abcdef"), TcbVersion.parse("5100000004010102"));
    serveKds(turin, vcek);
    CollateralCache cache =
        new CollateralCache(
            List.of(kds),
            PinnedRoots.amd().plus(turin.arkDigest()),
            CollateralLimits.DEFAULT,
            time);

    VerifiedCollateral found = cache.collateral(AmdPlatform.of(SoftwarePlatform.report(vcek)));

    assertThat(asked.getFirst())
        .isEqualTo(
            "/vcek/v1/Turin/0123456789abcdef"
                + "?fmcSPL=02&blSPL=01&teeSPL=01&snpSPL=04&ucodeSPL=81");
    assertThat(found.chain().checks()).contains(Check.CHAIN_REVOCATION);
  }

  @Test
  void triesTheProductsThatAReportWithoutCpuidMayBeOf() throws Exception {
    AmdPlatform old =
        AmdPlatform.of(
            SoftwarePlatform.parsed(
                SnpReportBuilder.of(SoftwarePlatform.VCEK).with(SnpField.VERSION, 2).build()));
    assertThat(old.products()).containsExactly(SnpProduct.MILAN, SnpProduct.GENOA);
    lab.serve("/vcek/v1/Milan/", call -> answer(call, 404, Bytes.EMPTY));
    lab.serve("/vcek/v1/Genoa/", call -> answer(call, 404, Bytes.EMPTY));

    assertThat(failureOf(kds, old).reason()).isEqualTo(Reason.CollateralUnavailable);
    assertThat(asked)
        .extracting(path -> path.substring(0, "/vcek/v1/Milan".length()))
        .containsExactly("/vcek/v1/Milan", "/vcek/v1/Genoa");
  }

  @Test
  void asksAmdNothingAboutAProductThatNobodyKnows() throws Exception {
    AmdPlatform unknown =
        AmdPlatform.of(
            SoftwarePlatform.parsed(
                SnpReportBuilder.of(SoftwarePlatform.VCEK)
                    .defect(SnpDefect.UNKNOWN_PRODUCT)
                    .build()));

    assertThat(failureOf(kds, unknown).reason()).isEqualTo(Reason.CollateralUnavailable);
    assertThat(lab.tunnels()).isEmpty();
  }

  @Test
  void asksNobodyAboutAHiddenChip() {
    AmdPlatform hidden =
        AmdPlatform.of(
            SoftwarePlatform.parsed(
                SnpReportBuilder.of(SoftwarePlatform.VCEK).defect(SnpDefect.CHIP_HIDDEN).build()));

    assertThat(failureOf(regional, hidden).reason()).isEqualTo(Reason.CollateralUnavailable);
    assertThat(failureOf(kds, hidden).reason()).isEqualTo(Reason.CollateralUnavailable);
    assertThat(lab.tunnels()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "404, CollateralUnavailable",
    "408, CollateralUnavailable",
    "429, CollateralUnavailable",
    "500, CollateralUnavailable",
    "503, CollateralUnavailable",
    "400, CollateralMalformed",
    "403, CollateralMalformed",
    "302, CollateralMalformed",
    "200, CollateralMalformed"
  })
  void tellsWhatTimeMayCureFromWhatItWillNot(int status, Reason expected) {
    lab.serve("/", call -> answer(call, status, Bytes.ofUtf8("no certificate")));

    assertThat(failureOf(regional, SoftwarePlatform.PLATFORM).reason()).isEqualTo(expected);
    assertThat(failureOf(kds, SoftwarePlatform.PLATFORM).reason()).isEqualTo(expected);
  }

  @Test
  void believesNoServerThatDoesNotProveItsName() {
    lab.serve("/", call -> answer(call, 200, Bytes.ofUtf8(pem())));
    try (JavaHttpExchange other =
        JavaHttpExchange.overTls(lab.networkOfAnotherRoot(), Timeouts.REMOTE)) {
      CollateralSource distrustful =
          new RegionalCacheCollateralSource(RegionalCacheCollateralSource.NEAREST, other, time);
      assertThat(failureOf(distrustful, SoftwarePlatform.PLATFORM).reason())
          .isEqualTo(Reason.CollateralUnavailable);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void goesOnToTheRegionalCacheWhenTheHostWasUpdated() throws Exception {
    SoftwareVcek newer =
        SoftwarePlatform.AMD.vcek(SoftwarePlatform.CHIP, SoftwarePlatform.NEWER_TCB);
    lab.serveImds(
        "/metadata/THIM/amd/certification",
        call -> LoopbackLab.respond(call, 200, SideFile.json(newer)));
    lab.serve("/SevSnpVM/", call -> answer(call, 200, Bytes.ofUtf8(pem())));
    ImdsCollateralSource host =
        new ImdsCollateralSource(new ThimHttpClient(ImdsEndpoint.of(lab.network()), time));
    CollateralCache cache =
        new CollateralCache(
            List.of(host, regional), SoftwarePlatform.ROOTS, CollateralLimits.DEFAULT, time);

    assertThat(failureOf(host, SoftwarePlatform.PLATFORM).reason())
        .isEqualTo(Reason.CollateralStale);
    assertThat(cache.collateral(SoftwarePlatform.PLATFORM).chain().key().tcb())
        .isEqualTo(SoftwarePlatform.TCB);
  }

  private void serveKds(SoftwareAmd amd, SoftwareVcek vcek)
      throws CertificateEncodingException, CRLException {
    String line = "/vcek/v1/" + amd.product().vendorName() + "/";
    Bytes der = Bytes.copyOf(vcek.chain().endorsementKey().getEncoded());
    Bytes list = Bytes.copyOf(amd.revocationList().list().getEncoded());
    lab.serve(line, call -> answer(call, 200, der));
    lab.serve(
        line + "cert_chain", call -> answer(call, 200, Bytes.ofUtf8(amd.certificateChainPem())));
    lab.serve(line + "crl", call -> answer(call, 200, list));
  }

  private void answer(HttpExchange call, int status, Bytes body) {
    asked.add(call.getRequestURI().toString());
    call.getResponseHeaders().set("Content-Type", "application/octet-stream");
    LoopbackLab.respond(call, status, body);
  }

  private static String pem() {
    return SoftwarePlatform.VCEK.chainPem();
  }

  private static FailureException failureOf(CollateralSource source, AmdPlatform platform) {
    return catchThrowableOfType(FailureException.class, () -> source.collateral(platform));
  }
}
