package dev.keygate.evidence.tpm.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keygate.evidence.bytes.ByteCursor;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.RecordedTpm;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.TpmClock.Safety;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TpmsAttestTest {

  private static final AttestHeader HEADER =
      new AttestHeader(
          Bytes.zeros(34), Bytes.ofUtf8("nonce"), new TpmClock(7, 3, 1, Safety.SAFE), 42);
  private static final QuoteAttest QUOTE =
      new QuoteAttest(HEADER, PcrSelection.FIRMWARE, Bytes.zeros(32));
  private static final CertifyAttest CERTIFICATION =
      new CertifyAttest(HEADER, Bytes.zeros(34), Bytes.zeros(34));

  @Test
  void readsWhatItWrites() throws EvidenceFormatException {
    assertThat(TpmsAttest.parse(QUOTE.toBytes())).isEqualTo(QUOTE);
    assertThat(TpmsAttest.parse(CERTIFICATION.toBytes())).isEqualTo(CERTIFICATION);
  }

  @Test
  void readsTheQuoteOfTheOfficialExample()
      throws IOException, EvidenceFormatException, GeneralSecurityException {
    Bytes attest = RecordedTpm.tpmInfo("PcrQuote");

    TpmsAttest parsed = TpmsAttest.parse(attest);

    assertThat(parsed).isInstanceOf(QuoteAttest.class);
    assertThat(((QuoteAttest) parsed).pcrDigest()).isEqualTo(RecordedTpm.tpmInfoPcrs().digest());
    assertThat(parsed.toBytes()).isEqualTo(attest);
    assertThat(isSigned(attest, RecordedTpm.tpmInfo("PcrSignature"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hcl/snp/quote.bin", "hcl/snp-parse-only/quote.bin", "hcl/tdx/quote.bin"})
  void readsQuotesOfConfidentialMachines(String file) throws IOException, EvidenceFormatException {
    ByteCursor in = ByteCursor.littleEndian(file, RecordedTpm.file(file));
    in.take((int) in.u64("signature size"), "signature");
    Bytes attest = in.take((int) in.u64("attest size"), "attest");
    PcrValues pcrs = pcrs(in);

    TpmsAttest parsed = TpmsAttest.parse(attest);

    assertThat(parsed.header().extraData()).isEqualTo(Bytes.ofUtf8("challenge"));
    assertThat(parsed).isInstanceOf(QuoteAttest.class);
    assertThat(((QuoteAttest) parsed).pcrDigest()).isEqualTo(pcrs.digest());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "another magic, 0, 00",
    "another kind of statement, 5, 14",
    "signer beyond the end, 6, ff",
    "clock neither safe nor unsafe, 65, 02",
    "another PCR bank, 79, 04",
    "short PCR digest, 85, 1f"
  })
  void refusesDefects(String defect, int offset, String octet) {
    byte[] bytes = QUOTE.toBytes().toArray();
    bytes[offset] = (byte) Integer.parseInt(octet, 16);

    assertThatThrownBy(() -> TpmsAttest.parse(Bytes.copyOf(bytes)))
        .as(defect)
        .isInstanceOf(EvidenceFormatException.class);
  }

  @Test
  void refusesEveryTruncationAndAnyTail() {
    Bytes whole = CERTIFICATION.toBytes();
    for (int size = 0; size < whole.size(); size++) {
      Bytes cut = whole.slice(0, size);
      assertThatThrownBy(() -> TpmsAttest.parse(cut)).isInstanceOf(EvidenceFormatException.class);
    }
    assertThatThrownBy(() -> TpmsAttest.parse(Bytes.concat(whole, Bytes.zeros(1))))
        .isInstanceOf(EvidenceFormatException.class);
  }

  @Property(tries = 1000)
  void readsAnyBytesOrRefusesThem(@ForAll byte[] tail, @ForAll boolean quote) {
    Bytes start = (quote ? QUOTE : CERTIFICATION).toBytes().slice(0, quote ? 6 : 42);
    Bytes bytes = Bytes.concat(start, Bytes.copyOf(tail));

    Throwable thrown = catchThrowable(() -> TpmsAttest.parse(bytes));

    if (thrown != null) {
      assertThat(thrown).isInstanceOf(EvidenceFormatException.class);
    }
  }

  private static boolean isSigned(Bytes attest, Bytes signature)
      throws IOException, EvidenceFormatException, GeneralSecurityException {
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(TpmPublic.parseSized(RecordedTpm.tpmInfo("AikPub")).rsaPublicKey());
    verifier.update(attest.toArray());
    return verifier.verify(signature.toArray());
  }

  private static PcrValues pcrs(ByteCursor in) throws EvidenceFormatException {
    TreeMap<Integer, Bytes> values = new TreeMap<>();
    int count = (int) in.u64("PCR count");
    for (int index = 0; index < count; index++) {
      values.put(index, in.take(PcrValues.PCR_BYTES, "PCR"));
    }
    return new PcrValues(values);
  }
}
