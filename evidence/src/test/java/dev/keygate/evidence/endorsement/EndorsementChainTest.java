package dev.keygate.evidence.endorsement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.snp.SnpProduct;
import dev.keygate.evidence.snp.TcbVersion;
import dev.keygate.evidence.testing.SoftwareAmd;
import dev.keygate.evidence.testing.SoftwareVcek;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndorsementChainTest {

  private static final SoftwareAmd AMD =
      SoftwareAmd.create(
          SnpProduct.TURIN, 2048, Instant.parse("2026-01-01T00:00:00Z"), new SecureRandom());
  private static final SoftwareVcek VCEK =
      AMD.vcek(Bytes.fromHex("0123456789abcdef"), new TcbVersion(0xFF00000080010102L));
  private static final String PEM = VCEK.chainPem();

  @Test
  void readsTheChainInItsOrder() throws Exception {
    EndorsementChain chain = EndorsementChain.parsePem(PEM);
    assertThat(names(chain)).containsExactly("SEV-VCEK", "SEV-Turin", "ARK-Turin");
  }

  @Test
  void readsWindowsLineBreaksAndMissingOnes() throws Exception {
    assertThat(names(EndorsementChain.parsePem(PEM.replace("\n", "\r\n")))).hasSize(3);
    String glued = PEM.replace("-----END CERTIFICATE-----\n", "-----END CERTIFICATE-----");
    assertThat(names(EndorsementChain.parsePem("\n" + glued + " "))).hasSize(3);
  }

  @Test
  void readsATextOfTheLargestSize() throws Exception {
    String padding = " ".repeat(PemCertificates.MAX_TEXT_CHARS - PEM.length());
    assertThat(names(EndorsementChain.parsePem(PEM + padding))).hasSize(3);
  }

  @Tag("rival-15")
  @Test
  void readsPatchLevelsAbove127AndTheShortHardwareIdOfTurin() throws Exception {
    KeyExtensions.Vcek vcek = KeyExtensions.ofVcek(VCEK.chain().endorsementKey());
    assertThat(vcek.tcb().hex()).isEqualTo("ff00000080010102");
    assertThat(vcek.product()).isEqualTo(SnpProduct.TURIN);
    assertThat(vcek.structVersion()).isEqualTo(1);
    assertThat(vcek.hardwareId()).isEqualTo(Bytes.fromHex("0123456789abcdef"));
    assertThat(vcek.expectedChipId()).isEqualTo(Bytes.concat(vcek.hardwareId(), Bytes.zeros(56)));
  }

  @Test
  void refusesACertificateWithoutTheExtensions() {
    EvidenceFormatException failure =
        catchThrowableOfType(
            EvidenceFormatException.class, () -> KeyExtensions.ofVcek(VCEK.chain().intermediate()));
    assertThat(failure.found()).isEqualTo("none");
  }

  static Stream<String> malformed() {
    String certificate = VCEK.certificatePem();
    return Stream.of(
        "",
        " ",
        certificate,
        AMD.certificateChainPem(),
        PEM + certificate,
        "x" + PEM,
        PEM + "x",
        PEM.replace("END CERTIFICATE", "END X509"),
        PEM.replaceFirst("-----END CERTIFICATE-----", ""),
        PEM.replace("BEGIN CERTIFICATE", "BEGIN PRIVATE KEY"),
        PEM.replaceFirst("MII", "MI*"),
        PEM.replaceFirst("MII", "MIJ"),
        PEM.replaceFirst("MII", "\u0000II"),
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".repeat(3),
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".repeat(3),
        PEM + " ".repeat(PemCertificates.MAX_TEXT_CHARS - PEM.length() + 1));
  }

  @Tag("rival-15")
  @ParameterizedTest
  @MethodSource("malformed")
  void refusesAnythingElse(String pem) {
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class, () -> EndorsementChain.parsePem(pem)))
        .isNotNull();
  }

  @Tag("rival-15")
  @Test
  void refusesACertificateThatSomethingFollows() throws Exception {
    byte[] der = VCEK.chain().endorsementKey().getEncoded();
    String longer = Base64.getMimeEncoder().encodeToString(Arrays.copyOf(der, der.length + 1));
    String pem =
        "-----BEGIN CERTIFICATE-----\n"
            + longer
            + "\n-----END CERTIFICATE-----\n"
            + AMD.certificateChainPem();
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class, () -> EndorsementChain.parsePem(pem)))
        .isNotNull();
  }

  /**
   * The last digit before the padding has bits that mean nothing; another text, the same octets.
   */
  @Test
  void refusesBase64WithUnusedBitsSet() {
    int padding = PEM.indexOf('=');
    assertThat(padding).isPositive();
    char last = PEM.charAt(padding - 1);
    String other = PEM.substring(0, padding - 1) + (char) (last + 1) + PEM.substring(padding);
    assertThat(
            catchThrowableOfType(
                EvidenceFormatException.class, () -> EndorsementChain.parsePem(other)))
        .isNotNull();
  }

  @Property(tries = 200)
  void readsOrRefusesAnyText(@ForAll String text) {
    assertReadOrRefused(text);
    assertReadOrRefused(PEM + text);
  }

  @Property(tries = 1000)
  void readsOrRefusesACertificateWithAnyByteReplaced(
      @ForAll @IntRange(max = 900) int offset, @ForAll byte value)
      throws CertificateEncodingException {
    byte[] der = VCEK.chain().endorsementKey().getEncoded();
    der[offset % der.length] = value;
    String block =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n";
    assertReadOrRefused(block + AMD.certificateChainPem());
  }

  /** What was read must also say or refuse to say what its extensions are. */
  private static void assertReadOrRefused(String pem) {
    try {
      EndorsementChain chain = EndorsementChain.parsePem(pem);
      assertThat(KeyExtensions.ofVcek(chain.endorsementKey()).product()).isNotNull();
    } catch (EvidenceFormatException refused) {
      assertThat(refused.expected()).isNotEmpty();
    }
  }

  private static List<String> names(EndorsementChain chain) {
    return Stream.of(chain.endorsementKey(), chain.intermediate(), chain.root())
        .map(certificate -> certificate.getSubjectX500Principal().getName())
        .map(name -> name.substring("CN=".length(), name.indexOf(',')))
        .toList();
  }
}
