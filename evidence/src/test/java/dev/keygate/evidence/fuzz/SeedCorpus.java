package dev.keygate.evidence.fuzz;

import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.eventlog.EventType;
import dev.keygate.evidence.snp.SnpField;
import dev.keygate.evidence.tdx.TdxBody;
import dev.keygate.evidence.testing.AmdRevocationDefect;
import dev.keygate.evidence.testing.EventLogBuilder;
import dev.keygate.evidence.testing.EventLogDefect;
import dev.keygate.evidence.testing.HclDefect;
import dev.keygate.evidence.testing.HclReportBuilder;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.SoftwareAttestationKey;
import dev.keygate.evidence.testing.TdQuoteBuilder;
import dev.keygate.evidence.testing.TdReportBuilder;
import dev.keygate.evidence.testing.TpmStatementDefect;
import dev.keygate.evidence.testing.UnattestedSlot;
import dev.keygate.evidence.testing.VlekDefect;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

/** Good input of every format, and input with a defect, as the software platform makes it. */
final class SeedCorpus {

  private static final SoftwareAttestationKey KEY =
      SoftwareAttestationKey.create(new SecureRandom());
  private static final PcrValues PCRS =
      PcrValues.of(Map.of(0, Bytes.zeros(32), 7, Bytes.fromHex("77".repeat(32))));
  private static final Bytes NONCE = Bytes.ofUtf8("fresh");

  private SeedCorpus() {}

  static Stream<Bytes> of(FuzzedParser parser) throws GeneralSecurityException {
    return switch (parser) {
      case SNP_REPORT -> snpReports();
      case TD_REPORT -> Stream.of(TdReportBuilder.create().build());
      case TD_QUOTE -> tdQuotes();
      case HCL_REPORT -> hclReports();
      case RUNTIME_CLAIMS -> hclReports().map(SeedCorpus::claimsOf);
      case AMD_CERTIFICATE -> amdCertificates();
      case PCK_CERTIFICATE -> Stream.of(certificate(FuzzedChains.EMERALD.chainPem()));
      case REVOCATION_LIST -> revocationLists();
      case TPM_STATEMENT ->
          Arrays.stream(TpmStatementDefect.values())
              .map(defect -> KEY.quote(NONCE, PCRS, defect).attest());
      case TPM_PUBLIC -> tpmPublics();
      case TPM_COMMAND -> tpmCommands();
      case TPM_REPLY -> tpmPublics().map(SeedCorpus::replyOf);
      case EVENT_LOG -> Arrays.stream(EventLogDefect.values()).map(boot()::toBytes);
      case UEFI_VARIABLE -> boot().build().events().stream().limit(1).map(event -> event.content());
    };
  }

  private static Stream<Bytes> snpReports() {
    return Stream.of(2L, 3L, 5L, 6L)
        .map(
            version ->
                SnpReportBuilder.of(FuzzedChains.VCEK).with(SnpField.VERSION, version).build());
  }

  private static Stream<Bytes> tdQuotes() {
    return Stream.of(
        TdQuoteBuilder.of(FuzzedChains.EMERALD).build(),
        TdQuoteBuilder.of(FuzzedChains.EMERALD).trailer(70).build(),
        TdQuoteBuilder.of(FuzzedChains.EMERALD).version5(TdxBody.TDX_1_0).build(),
        TdQuoteBuilder.of(FuzzedChains.EMERALD).version5(TdxBody.TDX_1_5).build());
  }

  private static Stream<Bytes> hclReports() {
    HclReportBuilder snp =
        HclReportBuilder.of(SnpReportBuilder.of(FuzzedChains.VCEK), KEY.publicKey())
            .endorsementKey(KEY.publicKey());
    return Stream.of(
        snp.build(),
        snp.version(1).withoutUserData().build(),
        snp.defect(HclDefect.CLAIMS_REPEAT_A_MEMBER).build(),
        HclReportBuilder.of(TdReportBuilder.create(), KEY.publicKey()).build(),
        HclReportBuilder.of(UnattestedSlot.TRUSTED_LAUNCH, KEY.publicKey()).build());
  }

  private static Bytes claimsOf(Bytes report) {
    int claims = 1236;
    int size = report.at(1232) | report.at(1233) << 8;
    return report.slice(claims, size);
  }

  private static Stream<Bytes> amdCertificates() {
    return Stream.of(
        certificate(FuzzedChains.VCEK.chainPem()),
        certificate(FuzzedChains.AMD.certificateChainPem()),
        certificate(FuzzedChains.AMD.vlek("Contoso", FuzzedChains.VCEK.tcb()).chainPem()),
        certificate(
            FuzzedChains.AMD
                .defectiveVlek("Contoso", FuzzedChains.VCEK.tcb(), VlekDefect.OTHER_PRODUCT)
                .chainPem()));
  }

  /** The DER of the first certificate. */
  private static Bytes certificate(String chainPem) {
    String first = chainPem.substring(0, chainPem.indexOf("-----END"));
    String base64 = first.substring(first.indexOf('\n'));
    return Bytes.copyOf(Base64.getMimeDecoder().decode(base64));
  }

  private static Stream<Bytes> revocationLists() throws GeneralSecurityException {
    Stream.Builder<Bytes> lists = Stream.builder();
    for (AmdRevocationDefect defect : AmdRevocationDefect.values()) {
      lists.add(Bytes.copyOf(FuzzedChains.AMD.revocationList(defect).list().getEncoded()));
    }
    return lists.build();
  }

  private static Stream<Bytes> tpmPublics() {
    TpmPublic ephemeral = AzureTpm.ephemeralKeyTemplate(Bytes.zeros(32), Bytes.zeros(256));
    return Stream.of(KEY.publicArea(), ephemeral).map(TpmPublic::toSizedBytes);
  }

  private static Stream<Bytes> tpmCommands() {
    return Stream.of(
            new ReadPublic(AzureTpm.ATTESTATION_KEY),
            new NvReadPublic(AzureTpm.HCL_REPORT),
            new PcrRead(PcrSelection.FIRMWARE),
            new Quote(AzureTpm.ATTESTATION_KEY, NONCE, PcrSelection.FIRMWARE))
        .map(command -> command.toBytes());
  }

  /** What a TPM answers to ReadPublic: the area, its name and its qualified name. */
  private static Bytes replyOf(Bytes sizedPublic) {
    Bytes name = Bytes.concat(Bytes.fromHex("000b"), Bytes.zeros(32));
    Bytes body = ByteWriter.bigEndian().bytes(sizedPublic).sized16(name).sized16(name).toBytes();
    return ByteWriter.bigEndian().u16(0x8001).u32(10 + body.size()).u32(0).bytes(body).toBytes();
  }

  private static EventLogBuilder boot() {
    return new EventLogBuilder()
        .measureVariable("SecureBoot", Bytes.fromHex("01"))
        .measure(4, EventType.EFI_ACTION, Bytes.ofUtf8("Calling EFI Application"))
        .startupLocality(3)
        .separators();
  }
}
