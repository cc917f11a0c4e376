package dev.keygate.evidence.endorsement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.testing.PckDefect;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareIntel;
import java.security.SecureRandom;
import java.security.cert.CRLException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PckExtensionsTest {

  private static final SoftwareIntel INTEL =
      SoftwareIntel.create(Instant.parse("2026-01-01T00:00:00Z"), new SecureRandom());
  private static final String PEM = INTEL.platform(SgxPlatform.EMERALD).chainPem();

  @ParameterizedTest
  @CsvSource({
    "EXTENSIONS_MISSING, SGX Extensions, none",
    "EXTENSIONS_NO_SEQUENCE, SGX Extensions, tag 4",
    "FMSPC_MISSING, FMSPC, none",
    "FMSPC_SHORT, FMSPC, 5 bytes",
    "PCEID_OF_OTHER_TYPE, PCEID, tag 2",
    "UNKNOWN_SGX_TYPE, SGX Type, 3",
    "COMPONENT_MISSING, SGX TCB Comp16 SVN, none",
    "COMPONENT_TOO_HIGH, SGX TCB Comp1 SVN, 2 bytes 0100",
    "PCESVN_TOO_HIGH, PCESVN, 3 bytes 010000",
    "CPUSVN_SHORT, CPUSVN, 15 bytes"
  })
  void namesTheElementThatIsWrong(PckDefect defect, String field, String found) throws Exception {
    X509Certificate pck =
        PckChain.parsePem(INTEL.defectivePlatform(SgxPlatform.EMERALD, defect).chainPem()).pck();
    EvidenceFormatException failure =
        catchThrowableOfType(EvidenceFormatException.class, () -> PckExtensions.parse(pck));
    assertThat(failure.field()).isEqualTo(field);
    assertThat(failure.found()).isEqualTo(found);
  }

  @Test
  void readsTheChainInItsOrder() throws Exception {
    PckChain chain = PckChain.parsePem(PEM);
    assertThat(List.of(chain.pck(), chain.ca(), chain.root()))
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .allSatisfy(name -> assertThat(name).endsWith("Keygate,CN=" + commonName(name)))
        .extracting(PckExtensionsTest::commonName)
        .containsExactly(
            "Intel SGX PCK Certificate", "Intel SGX PCK Platform CA", "Intel SGX Root CA");
  }

  @Test
  void refusesTwoCertificatesAndFour() {
    String last = PEM.substring(PEM.lastIndexOf("-----BEGIN"));
    for (String pem : List.of(PEM.substring(0, PEM.length() - last.length()), PEM + last)) {
      assertThat(catchThrowableOfType(EvidenceFormatException.class, () -> PckChain.parsePem(pem)))
          .isNotNull();
    }
  }

  /** What was read must also say or refuse to say what its extension is. */
  @Property(tries = 1000)
  void readsOrRefusesACertificateWithAnyByteReplaced(
      @ForAll @IntRange(max = 1300) int offset, @ForAll byte value) throws Exception {
    byte[] der = PckChain.parsePem(PEM).pck().getEncoded();
    der[offset % der.length] = value;
    String block =
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE-----\n";
    String issuers = PEM.substring(PEM.indexOf("-----BEGIN", 1));
    try {
      PckExtensions read = PckExtensions.parse(PckChain.parsePem(block + issuers).pck());
      assertThat(read.tcb().components()).hasSize(SgxTcb.COMPONENTS);
    } catch (EvidenceFormatException refused) {
      assertThat(refused.expected()).isNotEmpty();
    }
  }

  @Test
  void refusesARevocationListThatSomethingFollows() throws Exception {
    byte[] der = list();
    Bytes longer = Bytes.copyOf(Arrays.copyOf(der, der.length + 1));
    assertThat(
            catchThrowableOfType(EvidenceFormatException.class, () -> RevocationList.parse(longer)))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"1048576, list", "1048577, size"})
  void readsRevocationListsUpToALimit(int size, String field) {
    Bytes large = Bytes.concat(Bytes.fromHex("30830ffffb"), Bytes.zeros(size - 5));
    EvidenceFormatException failure =
        catchThrowableOfType(EvidenceFormatException.class, () -> RevocationList.parse(large));
    assertThat(failure.field()).isEqualTo(field);
  }

  @Test
  void refusesARevocationListThatIsNone() {
    for (Bytes der :
        List.of(
            Bytes.EMPTY,
            Bytes.fromHex("3000"),
            Bytes.ofUtf8(PEM),
            Bytes.zeros(RevocationList.MAX_BYTES + 1))) {
      assertThat(
              catchThrowableOfType(EvidenceFormatException.class, () -> RevocationList.parse(der)))
          .isNotNull();
    }
  }

  @Property(tries = 500)
  void readsOrRefusesARevocationListWithAnyByteReplaced(
      @ForAll @IntRange(max = 400) int offset, @ForAll byte value) throws Exception {
    byte[] der = list();
    der[offset % der.length] = value;
    try {
      assertThat(RevocationList.parse(Bytes.copyOf(der)).list()).isNotNull();
    } catch (EvidenceFormatException refused) {
      assertThat(refused.expected()).isNotEmpty();
    }
  }

  private static byte[] list() throws CRLException {
    PckRevocationLists lists =
        INTEL
            .revocationLists(Instant.parse("2026-02-01T00:00:00Z"))
            .build(INTEL.platform(SgxPlatform.EMERALD));
    return lists.ofCa().list().getEncoded();
  }

  private static String commonName(String subject) {
    return subject.substring(subject.lastIndexOf('=') + 1);
  }
}
