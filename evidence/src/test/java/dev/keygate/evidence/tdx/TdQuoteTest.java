package dev.keygate.evidence.tdx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.testing.SgxPlatform;
import dev.keygate.evidence.testing.SoftwareIntel;
import dev.keygate.evidence.testing.SoftwareTdxPlatform;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import java.security.SecureRandom;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class TdQuoteTest {

  private static final SoftwareTdxPlatform PLATFORM =
      SoftwareIntel.create(Instant.parse("2026-01-01T00:00:00Z"), new SecureRandom())
          .platform(SgxPlatform.EMERALD);
  private static final Bytes VERSION_4 = TdQuoteBuilder.of(PLATFORM).build();
  private static final Bytes VERSION_5 =
      TdQuoteBuilder.of(PLATFORM).version5(TdxBody.TDX_1_5).build();

  /** Offsets from the start of the body, which is at 48 in version 4 and at 54 in version 5. */
  @ParameterizedTest
  @CsvSource({
    "TEE_TCB_SVN,0,16",
    "MRSEAM,16,48",
    "MRSIGNERSEAM,64,48",
    "SEAMATTRIBUTES,112,8",
    "TDATTRIBUTES,120,8",
    "XFAM,128,8",
    "MRTD,136,48",
    "MRCONFIGID,184,48",
    "MROWNER,232,48",
    "MROWNERCONFIG,280,48",
    "RTMR0,328,48",
    "RTMR1,376,48",
    "RTMR2,424,48",
    "RTMR3,472,48",
    "REPORTDATA,520,64",
    "TEE_TCB_SVN2,584,16",
    "MRSERVICETD,600,48"
  })
  void readsEachFieldWhereTheSpecificationHasIt(TdQuoteField field, int offset, int size)
      throws Exception {
    assertThat(field.offsetBytes()).isEqualTo(offset);
    assertThat(field.sizeBytes()).isEqualTo(size);
    byte[] octets = VERSION_5.toArray();
    octets[54 + offset + size - 1] = (byte) 0x80;
    TdQuoteBody body = TdQuote.parse(Bytes.copyOf(octets)).body();
    assertThat(body.field(field).orElseThrow().at(size - 1)).isEqualTo(0x80);
    boolean in15Alone = offset >= 584;
    assertThat(TdQuote.parse(VERSION_4).body().field(field).isEmpty()).isEqualTo(in15Alone);
    if (!in15Alone) {
      byte[] version4 = VERSION_4.toArray();
      version4[48 + offset + size - 1] = (byte) 0x80;
      Bytes value = TdQuote.parse(Bytes.copyOf(version4)).body().field(field).orElseThrow();
      assertThat(value.at(size - 1)).isEqualTo(0x80);
    }
  }

  @Test
  void hasAReadingForEveryField() throws Exception {
    TdQuoteBuilder builder = TdQuoteBuilder.of(PLATFORM).version5(TdxBody.TDX_1_5);
    for (TdQuoteField field : TdQuoteField.values()) {
      if (field != TdQuoteField.XFAM && field != TdQuoteField.TDATTRIBUTES) {
        builder.with(field, marked(field));
      }
    }
    TdQuoteBody body = TdQuote.parse(builder.build()).body();
    assertThat(body.teeTcbSvn().octets().at(0)).isEqualTo(0);
    assertThat(body.xfam().raw()).isEqualTo(0x618E7);
    assertThat(body.attributes().isSeptVeDisabled()).isTrue();
    assertThat(body.moduleMeasurement()).isEqualTo(padded(TdQuoteField.MRSEAM));
    assertThat(body.moduleSigner()).isEqualTo(padded(TdQuoteField.MRSIGNERSEAM));
    assertThat(body.moduleAttributes()).isEqualTo(112 / 8);
    assertThat(body.launchMeasurement()).isEqualTo(padded(TdQuoteField.MRTD));
    assertThat(body.mrConfigId()).isEqualTo(padded(TdQuoteField.MRCONFIGID));
    assertThat(body.mrOwner()).isEqualTo(padded(TdQuoteField.MROWNER));
    assertThat(body.mrOwnerConfig()).isEqualTo(padded(TdQuoteField.MROWNERCONFIG));
    assertThat(body.rtmrs())
        .containsExactly(
            padded(TdQuoteField.RTMR0),
            padded(TdQuoteField.RTMR1),
            padded(TdQuoteField.RTMR2),
            padded(TdQuoteField.RTMR3));
    assertThat(body.reportData()).isEqualTo(padded(TdQuoteField.REPORTDATA));
    assertThat(body.currentTeeTcbSvn()).contains(new TeeTcbSvn(padded(TdQuoteField.TEE_TCB_SVN2)));
    assertThat(body.mrServiceTd()).contains(padded(TdQuoteField.MRSERVICETD));
  }

  @Test
  void hasNoFieldsOfTdx15InATdx10Body() throws Exception {
    TdQuoteBody body =
        TdQuote.parse(TdQuoteBuilder.of(PLATFORM).version5(TdxBody.TDX_1_0).build()).body();
    assertThat(body.currentTeeTcbSvn()).isEmpty();
    assertThat(body.mrServiceTd()).isEmpty();
    assertThat(body.raw().size()).isEqualTo(584);
  }

  @Test
  void readsTheHeader() throws Exception {
    byte[] octets = VERSION_4.toArray();
    octets[8] = 1;
    octets[9] = 2;
    octets[10] = 3;
    octets[11] = 4;
    TdQuoteHeader header = TdQuote.parse(Bytes.copyOf(octets)).header();
    assertThat(header.version()).isEqualTo(4);
    assertThat(header.qeSvn()).isEqualTo(0x0201);
    assertThat(header.pceSvn()).isEqualTo(0x0403);
    assertThat(header.qeVendorId().hex()).isEqualTo("939a7233f79c4ca9940a0db3957f0607");
    assertThat(header.userData()).isEqualTo(VERSION_4.slice(28, 20));
  }

  @Test
  void signsEverythingBeforeTheSizeOfTheSignatureData() throws Exception {
    assertThat(TdQuote.parse(VERSION_4).signedBytes()).isEqualTo(VERSION_4.slice(0, 632));
    assertThat(TdQuote.parse(VERSION_5).signedBytes()).isEqualTo(VERSION_5.slice(0, 702));
    Bytes tdx10 = TdQuoteBuilder.of(PLATFORM).version5(TdxBody.TDX_1_0).build();
    assertThat(TdQuote.parse(tdx10).signedBytes()).isEqualTo(tdx10.slice(0, 638));
  }

  @Test
  void readsTheSignatureDataWhereTheyAre() throws Exception {
    TdQuoteSignatureData data = TdQuote.parse(VERSION_4).signatureData();
    QeCertification qe = data.certification();
    assertThat(data.signature().octets()).isEqualTo(VERSION_4.slice(636, 64));
    assertThat(data.attestationKey().point()).isEqualTo(VERSION_4.slice(700, 64));
    assertThat(qe.report().raw()).isEqualTo(VERSION_4.slice(770, 384));
    assertThat(qe.signature().octets()).isEqualTo(VERSION_4.slice(1154, 64));
    assertThat(qe.authenticationData()).isEqualTo(VERSION_4.slice(1220, 32));
    assertThat(qe.report().isvProdId()).isEqualTo(2);
    assertThat(qe.report().isvSvn()).isEqualTo(6);
    assertThat(qe.report().attributeFlags()).isEqualTo(0x15);
    assertThat(qe.report().miscSelect()).isZero();
    assertThat(qe.expectedReportData(data.attestationKey())).isEqualTo(qe.report().reportData());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70})
  void dropsTheZerosThatFollow(int zeros) throws Exception {
    TdQuote quote = TdQuote.parse(Bytes.concat(VERSION_4, Bytes.zeros(zeros)));
    assertThat(quote.raw()).isEqualTo(VERSION_4);
    assertThat(quote)
        .isEqualTo(TdQuote.parse(VERSION_4))
        .hasSameHashCodeAs(TdQuote.parse(VERSION_4))
        .isNotEqualTo(TdQuote.parse(VERSION_5));
  }

  @Test
  void readsAChainWithAndWithoutTheNulThatEndsAString() throws Exception {
    int end = VERSION_4.size();
    assertThat(VERSION_4.at(end - 1)).isZero();
    byte[] shorter = VERSION_4.slice(0, end - 1).toArray();
    for (int sizeOffset : new int[] {632, 766, 1254}) {
      int sizeBytes = (int) LittleEndian.number(VERSION_4.slice(sizeOffset, 4)) - 1;
      shorter[sizeOffset] = (byte) sizeBytes;
      shorter[sizeOffset + 1] = (byte) (sizeBytes >>> 8);
    }
    TdQuote quote = TdQuote.parse(Bytes.copyOf(shorter));
    assertThat(quote.signatureData().certification().pckChain())
        .isEqualTo(TdQuote.parse(VERSION_4).signatureData().certification().pckChain());
  }

  /** Where a failure lies is counted from the start of the quote. */
  @ParameterizedTest
  @CsvSource({
    "0,0,2,version",
    "2,2,1,att_key_type",
    "4,4,1,tee_type",
    "48,48,4,body type",
    "50,50,1,body size",
    "174,174,2,TDATTRIBUTES",
    "182,182,3,XFAM",
    "702,705,1,signature data size",
    "770,770,1,ECDSA attestation key",
    "834,834,1,certification data type",
    "836,836,1,certification data size",
    "1288,1289,64,QE authentication data",
    "1322,1322,1,certification data type",
    "1324,1324,1,certification data size"
  })
  void namesTheFieldThatIsWrongAndWhereItStarts(int start, int at, int mask, String field) {
    byte[] octets = VERSION_5.toArray();
    octets[at] ^= (byte) mask;
    EvidenceFormatException failure = failureOf(Bytes.copyOf(octets));
    assertThat(failure.field()).isEqualTo(field);
    assertThat(failure.offsetBytes()).isEqualTo(start);
  }

  @Test
  void namesTheSizeThatIsLeft() {
    byte[] octets = VERSION_4.toArray();
    octets[766] ^= 1;
    int left = VERSION_4.size() - 770;
    assertThat(failureOf(Bytes.copyOf(octets)).expected()).startsWith(left + ", up to the end");
  }

  @Test
  void readsAQuoteOfTheLargestSize() throws Exception {
    Bytes largest = Bytes.concat(VERSION_4, Bytes.zeros(TdQuote.MAX_BYTES - VERSION_4.size()));
    assertThat(TdQuote.parse(largest).raw()).isEqualTo(VERSION_4);
  }

  @Test
  void refusesMoreThanAnyQuoteHas() {
    Bytes large = Bytes.concat(VERSION_4, Bytes.zeros(TdQuote.MAX_BYTES - VERSION_4.size() + 1));
    assertThat(failureOf(large).field()).isEqualTo("size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff", "00000080", "01400000"})
  void refusesSignatureDataLargerThanAllowed(String size) {
    byte[] octets = Bytes.concat(VERSION_4, Bytes.zeros(TdQuoteSignatureData.MAX_BYTES)).toArray();
    System.arraycopy(Bytes.fromHex(size).toArray(), 0, octets, 632, 4);
    EvidenceFormatException failure = failureOf(Bytes.copyOf(octets));
    assertThat(failure.offsetBytes()).isEqualTo(632);
    assertThat(failure.expected()).isEqualTo("at most 16384");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ALL)
  void readsTheQeReportsFields(QeReportField field) throws Exception {
    byte[] octets = new byte[384];
    octets[field.offsetBytes()] = 1;
    Bytes value = QeReport.parse(Bytes.copyOf(octets)).field(field);
    assertThat(value.size()).isEqualTo(field.sizeBytes());
    assertThat(value.at(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "CPUSVN,0,16",
    "MISCSELECT,16,4",
    "ISVEXTPRODID,32,16",
    "ATTRIBUTES,48,16",
    "MRENCLAVE,64,32",
    "MRSIGNER,128,32",
    "CONFIGID,192,64",
    "ISVPRODID,256,2",
    "ISVSVN,258,2",
    "CONFIGSVN,260,2",
    "ISVFAMILYID,304,16",
    "REPORTDATA,320,64"
  })
  void hasTheQeReportsFieldsWhereTheSpecificationHasThem(
      QeReportField field, int offset, int size) {
    assertThat(field.offsetBytes()).isEqualTo(offset);
    assertThat(field.sizeBytes()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 31, 96, 127, 160, 191, 262, 303})
  void refusesAReservedByteOfAQeReport(int offset) {
    byte[] octets = new byte[384];
    octets[offset] = 1;
    assertThat(
            catchThrowableOfType(
                    EvidenceFormatException.class, () -> QeReport.parse(Bytes.copyOf(octets)))
                .offsetBytes())
        .isEqualTo(offset);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 383, 385})
  void refusesAQeReportOfAnotherSize(int size) {
    assertThat(
            catchThrowableOfType(
                    EvidenceFormatException.class, () -> QeReport.parse(Bytes.zeros(size)))
                .field())
        .isEqualTo("size");
  }

  @Test
  void comparesPartsByTheirOctets() throws Exception {
    TdQuoteSignatureData one = TdQuote.parse(VERSION_4).signatureData();
    TdQuoteSignatureData same = TdQuote.parse(VERSION_4).signatureData();
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(one.attestationKey()).isNotEqualTo("another");
    assertThat(one.attestationKey().hashCode()).isEqualTo(one.attestationKey().point().hashCode());
    assertThat(one.certification().report()).isNotEqualTo(QeReport.parse(Bytes.zeros(384)));
    assertThat(one.attestationKey()).hasToString("attestation key " + one.attestationKey().point());
    QeReport report = one.certification().report();
    assertThat(report.hashCode()).isEqualTo(report.raw().hashCode());
    assertThat(report).hasToString("QE report of ISVPRODID 2, ISVSVN 6");
    TdQuote quote = TdQuote.parse(VERSION_4);
    assertThat(quote.body())
        .isEqualTo(TdQuote.parse(VERSION_4).body())
        .isNotEqualTo(TdQuote.parse(VERSION_5).body());
    assertThat(quote.body().hashCode()).isEqualTo(quote.body().raw().hashCode());
    assertThat(quote.hashCode()).isEqualTo(VERSION_4.hashCode());
    assertThat(quote)
        .hasToString("TD quote v4, TDX_1_0 of MRTD " + quote.body().launchMeasurement().hex());
    assertThatThrownBy(() -> new EcdsaP256Signature(Bytes.zeros(63)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The generator, its negative, the point of x = 0, and neighbours that are not on the curve. */
  @ParameterizedTest
  @CsvSource({
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,"
        + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5,true",
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,"
        + "b01cbd1c01e58065711814b583f061e9d431cca994cea1313449bf97c840ae0a,true",
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,"
        + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f4,false",
    "0000000000000000000000000000000000000000000000000000000000000000,"
        + "0000000000000000000000000000000000000000000000000000000000000000,false",
    "0000000000000000000000000000000000000000000000000000000000000000,"
        + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4,true",
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff,"
        + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4,false"
  })
  void takesPointsOfTheCurveAlone(String x, String y, boolean onCurve) {
    assertThat(P256.publicKey(Bytes.fromHex(x + y)).isPresent()).isEqualTo(onCurve);
  }

  @Property(tries = 300)
  void readsOrRefusesAnyBytes(@ForAll @Size(max = 1500) byte[] bytes) {
    assertReadOrRefused(Bytes.copyOf(bytes));
  }

  @Property(tries = 500)
  void readsOrRefusesAQuoteWithAnyByteReplaced(
      @ForAll @IntRange(max = 8000) int offset, @ForAll byte value) {
    byte[] octets = (offset % 2 == 0 ? VERSION_4 : VERSION_5).toArray();
    octets[offset % octets.length] = value;
    assertReadOrRefused(Bytes.copyOf(octets));
  }

  @Property(tries = 300)
  void refusesAQuoteCutAnywhere(@ForAll @IntRange(max = 8000) int length) {
    Bytes cut = VERSION_5.slice(0, length % VERSION_5.size());
    assertThat(failureOf(cut)).isNotNull();
  }

  private static void assertReadOrRefused(Bytes input) {
    try {
      Bytes raw = TdQuote.parse(input).raw();
      assertThat(raw).isEqualTo(input.slice(0, raw.size()));
    } catch (EvidenceFormatException refused) {
      assertThat(refused.expected()).isNotEmpty();
    }
  }

  private static EvidenceFormatException failureOf(Bytes quote) {
    return catchThrowableOfType(EvidenceFormatException.class, () -> TdQuote.parse(quote));
  }

  private static Bytes marked(TdQuoteField field) {
    return Bytes.copyOf(new byte[] {(byte) (field.offsetBytes() / 8)});
  }

  private static Bytes padded(TdQuoteField field) {
    return Bytes.concat(marked(field), Bytes.zeros(field.sizeBytes() - 1));
  }
}
