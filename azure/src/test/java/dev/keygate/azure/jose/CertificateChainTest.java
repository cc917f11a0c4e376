package dev.keygate.azure.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.azure.jose.JwsRefusedException.Check;
import dev.keygate.azure.testing.CertificateForge;
import dev.keygate.azure.testing.CertificateForge.Issuer;
import dev.keygate.azure.testing.CertificateForge.Leaf;
import dev.keygate.azure.testing.TestKeys;
import dev.keygate.azure.testing.TokenForge;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateChainTest {

  private static final String HOST = "contoso.vault.azure.net";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final PublicKey KEY = TestKeys.RSA.getPublic();

  private static final Issuer ROOT = CertificateForge.root("root");
  private static final Issuer OTHER_ROOT = CertificateForge.root("root");
  private static final Issuer MIDDLE = CertificateForge.subordinate("middle", ROOT);
  private static final Issuer OTHER_MIDDLE = CertificateForge.subordinate("middle", OTHER_ROOT);
  private static final TrustRoots OURS = new TrustRoots(List.of(ROOT.certificate()));

  private static final X509Certificate LEAF =
      CertificateForge.leaf(MIDDLE, Leaf.of(KEY, "*.vault.azure.net"));

  private static CertificateChain chain(X509Certificate... certificates)
      throws JwsRefusedException {
    return CertificateChain.parse(Arrays.stream(certificates).map(CertificateForge::x5c).toList());
  }

  private static Check refusal(ThrowingCallable call) {
    JwsRefusedException refused = catchThrowableOfType(JwsRefusedException.class, call);
    assertThat(refused).isNotNull();
    return refused.check();
  }

  static Stream<Arguments> acceptsChainsThatEndAtARootOfOurs() throws Exception {
    X509Certificate direct = CertificateForge.leaf(ROOT, Leaf.of(KEY, HOST));
    return Stream.of(
        Arguments.of("with the root", chain(LEAF, MIDDLE.certificate(), ROOT.certificate())),
        Arguments.of("without the root", chain(LEAF, MIDDLE.certificate())),
        Arguments.of("out of order", chain(LEAF, ROOT.certificate(), MIDDLE.certificate())),
        Arguments.of("with strangers", chain(LEAF, OTHER_ROOT.certificate(), MIDDLE.certificate())),
        Arguments.of("issued by the root", chain(direct)),
        Arguments.of("issued by the root, with it", chain(direct, ROOT.certificate())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void acceptsChainsThatEndAtARootOfOurs(String form, CertificateChain chain) throws Exception {
    CompactJws token =
        CompactJws.parse(TokenForge.sign("{\"alg\":\"RS256\"}", "{\"a\":1}", TestKeys.RSA));

    VerifiedCertificate leaf = chain.verify(OURS, NOW, HOST);

    assertThat(token.verify(leaf).payload().number("a")).as(form).isEqualTo(1);
  }

  static Stream<Arguments> refusesChainsThatDoNot() throws Exception {
    X509Certificate elsewhere = CertificateForge.leaf(OTHER_MIDDLE, Leaf.of(KEY, HOST));
    X509Certificate expired =
        CertificateForge.leaf(
            MIDDLE, Leaf.of(KEY, HOST).valid(NOW.minusSeconds(99), NOW.minusSeconds(1)));
    X509Certificate early =
        CertificateForge.leaf(
            MIDDLE, Leaf.of(KEY, HOST).valid(NOW.plusSeconds(1), NOW.plusSeconds(99)));
    Issuer leafAsIssuer = new Issuer(LEAF, TestKeys.RSA);
    X509Certificate byLeaf =
        CertificateForge.leaf(leafAsIssuer, Leaf.of(TestKeys.OTHER_RSA.getPublic(), HOST));
    X509Certificate selfSigned =
        CertificateForge.leaf(new Issuer(ROOT.certificate(), TestKeys.RSA), Leaf.of(KEY, HOST));
    X509Certificate notForSigning =
        CertificateForge.leaf(MIDDLE, Leaf.of(KEY, HOST).with(KeyUsage.keyEncipherment));
    X509Certificate middle = MIDDLE.certificate();
    return Stream.of(
        Arguments.of(
            "another root", chain(elsewhere, OTHER_MIDDLE.certificate(), OTHER_ROOT.certificate())),
        Arguments.of("another root left out", chain(elsewhere, OTHER_MIDDLE.certificate())),
        Arguments.of("ours beside it", chain(elsewhere, middle, ROOT.certificate())),
        Arguments.of("intermediate missing", chain(LEAF)),
        Arguments.of("intermediate missing, root there", chain(LEAF, ROOT.certificate())),
        Arguments.of("expired", chain(expired, middle)),
        Arguments.of("not in force yet", chain(early, middle)),
        Arguments.of("issued by a leaf", chain(byLeaf, LEAF, middle)),
        Arguments.of("signed by itself in the root's name", chain(selfSigned)),
        Arguments.of("not for signing", chain(notForSigning, middle)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesChainsThatDoNot(String defect, CertificateChain chain) {
    assertThat(refusal(() -> chain.verify(OURS, NOW, HOST))).as(defect).isEqualTo(Check.CHAIN);
  }

  @Test
  void refusesExpiredIntermediateAtThatTime() throws Exception {
    CertificateChain chain = chain(LEAF, MIDDLE.certificate());

    assertThat(refusal(() -> chain.verify(OURS, Instant.parse("2100-01-01T00:00:00Z"), HOST)))
        .isEqualTo(Check.CHAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"vault.azure.net", "a.b.vault.azure.net", "contoso.managedhsm.azure.net", ""})
  void refusesLeafOfAnotherHost(String host) throws Exception {
    CertificateChain chain = chain(LEAF, MIDDLE.certificate());

    assertThat(refusal(() -> chain.verify(OURS, NOW, host))).isEqualTo(Check.HOST);
  }

  @Test
  void theCommonNameCountsForNothing() throws Exception {
    X509Certificate nameless = CertificateForge.leafNamed(MIDDLE, Leaf.of(KEY), HOST);
    CertificateChain chain = chain(nameless, MIDDLE.certificate());

    assertThat(refusal(() -> chain.verify(OURS, NOW, HOST))).isEqualTo(Check.HOST);
  }

  @Test
  void refusesLeafWhoseKeyCannotSignTokens() throws Exception {
    X509Certificate leaf = CertificateForge.leaf(MIDDLE, Leaf.of(TestKeys.ec().getPublic(), HOST));
    CertificateChain chain = chain(leaf, MIDDLE.certificate());

    assertThat(refusal(() -> chain.verify(OURS, NOW, HOST))).isEqualTo(Check.CERTIFICATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "*", "AAAA=AAAA"})
  void refusesWhatIsNoCertificate(String entry) {
    assertThat(refusal(() -> CertificateChain.parse(List.of(entry)))).isEqualTo(Check.CERTIFICATE);
  }

  @Test
  void refusesNoCertificatesAndTooMany() {
    String leaf = CertificateForge.x5c(LEAF);

    assertThat(refusal(() -> CertificateChain.parse(List.of()))).isEqualTo(Check.CERTIFICATE);
    assertThat(refusal(() -> CertificateChain.parse(Collections.nCopies(9, leaf))))
        .isEqualTo(Check.CERTIFICATE);
    assertThat(refusal(() -> CertificateChain.parse(List.of("A".repeat(99_999)))))
        .isEqualTo(Check.SIZE);
  }

  @Test
  void refusesTokenThatTheLeafHasNotSigned() throws Exception {
    CompactJws token =
        CompactJws.parse(TokenForge.sign("{\"alg\":\"RS256\"}", "{}", TestKeys.OTHER_RSA));
    VerifiedCertificate leaf = chain(LEAF, MIDDLE.certificate()).verify(OURS, NOW, HOST);

    assertThat(refusal(() -> token.verify(leaf))).isEqualTo(Check.SIGNATURE);
  }
}
