package dev.keygate.evidence.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.attest.CertifyAttest;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TpmPublicTest {

  private static final Bytes MODULUS = Bytes.fromHex("c1" + "00".repeat(254) + "01");

  @Test
  void readsTheAttestationKeyOfARealMachine() throws IOException, EvidenceFormatException {
    TpmPublic key = TpmPublic.parseSized(RecordedTpm.tpmInfo("AikPub"));

    assertThat(key.attributes()).isEqualTo(ObjectAttributes.ATTESTATION_KEY);
    assertThat(key.parameters().scheme()).isEqualTo(RsaScheme.RSASSA_SHA256);
    assertThat(key.rsaPublicKey().getModulus().bitLength()).isEqualTo(2048);
    assertThat(key.toSizedBytes()).isEqualTo(RecordedTpm.tpmInfo("AikPub"));
  }

  @Test
  void hasTheNamesThatARealMachineCertified() throws IOException, EvidenceFormatException {
    TpmPublic key = TpmPublic.parseSized(RecordedTpm.tpmInfo("EncKeyPub"));
    TpmPublic signer = TpmPublic.parseSized(RecordedTpm.tpmInfo("AikPub"));

    TpmsAttest attest = TpmsAttest.parse(RecordedTpm.tpmInfo("EncKeyCertifyInfo"));

    assertThat(attest).isInstanceOf(CertifyAttest.class);
    CertifyAttest certified = (CertifyAttest) attest;
    assertThat(certified.name()).isEqualTo(key.name());
    assertThat(certified.qualifiedName()).isEqualTo(key.qualifiedName(TpmHandle.NULL_HIERARCHY));
    assertThat(certified.header().qualifiedSigner())
        .isEqualTo(signer.qualifiedName(TpmHandle.ENDORSEMENT));
  }

  @Test
  void hasThePolicyThatItsPcrsLeadTo() throws IOException, EvidenceFormatException {
    TpmPublic key = TpmPublic.parseSized(RecordedTpm.tpmInfo("EncKeyPub"));

    Bytes policy = PolicyDigest.ofPcrs(RecordedTpm.tpmInfoPcrs());

    assertThat(policy).isEqualTo(key.authPolicy());
  }

  @Test
  void readsWhatItWrites() throws EvidenceFormatException {
    TpmPublic key = AzureTpm.attestationKeyTemplate(MODULUS);

    assertThat(TpmPublic.parseSized(key.toSizedBytes())).isEqualTo(key);
  }

  @Test
  void changesItsNameWithEveryField() {
    TpmPublic key = AzureTpm.ephemeralKeyTemplate(Bytes.zeros(32), MODULUS);
    Bytes otherPolicy = Bytes.fromHex("01" + "00".repeat(31));

    assertThat(AzureTpm.ephemeralKeyTemplate(otherPolicy, MODULUS).name()).isNotEqualTo(key.name());
    assertThat(AzureTpm.ephemeralKeyTemplate(Bytes.zeros(32), Bytes.EMPTY).name())
        .isNotEqualTo(key.name());
    assertThat(AzureTpm.attestationKeyTemplate(MODULUS).name()).isNotEqualTo(key.name());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, ''",
    "key on a curve, 00160023000b000204320000001000100800000000000000",
    "name by SHA-1, 00160001000400020432000000100010080000000000 0000",
    "policy of 20 bytes, 002a0001000b000204320014"
        + "000000000000000000000000000000000000000000100010080000000000 0000",
    "symmetric algorithm, 001a0001000b0002043200000006008000430010080000000000 0000",
    "scheme of a curve, 00160001000b00020432000000100018080000000000 0000",
    "key of 512 bits, 00160001000b00020432000000100010020000000000 0000",
    "even exponent, 00160001000b00020432000000100010080000000002 0000",
    "size beyond the end, 00ff0001000b00020432000000100010080000000000 0000",
    "bytes after the end, 00160001000b00020432000000100010080000000000 000000"
  })
  void refusesOtherPublicAreas(String defect, String hex) {
    assertThatThrownBy(() -> TpmPublic.parseSized(Bytes.fromHex(hex.replace(" ", ""))))
        .as(defect)
        .isInstanceOf(EvidenceFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({"''", "00", "41"})
  void isNoKeyWithoutAModulusOfItsSize(String firstByte) {
    Bytes unique =
        firstByte.isEmpty()
            ? Bytes.EMPTY
            : Bytes.concat(Bytes.fromHex(firstByte), MODULUS.slice(1, 255));

    assertThatThrownBy(() -> AzureTpm.attestationKeyTemplate(unique).rsaPublicKey())
        .isInstanceOf(EvidenceFormatException.class);
  }

  @Property(tries = 500)
  void readsAnyBytesOrRefusesThem(@ForAll byte[] bytes) {
    Throwable thrown = catchThrowable(() -> TpmPublic.parseSized(Bytes.copyOf(bytes)));

    assertThat(thrown).isInstanceOf(EvidenceFormatException.class);
  }
}
