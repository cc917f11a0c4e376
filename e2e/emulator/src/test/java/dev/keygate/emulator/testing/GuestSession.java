package dev.keygate.emulator.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keygate.emulator.json.Base64Text;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.json.MalformedTextException;
import dev.keygate.emulator.platform.vtpm.TpmClient;
import dev.keygate.evidence.bytes.ByteWriter;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.command.Certify;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.CreatedPrimary;
import dev.keygate.evidence.tpm.command.DecryptedMessage;
import dev.keygate.evidence.tpm.command.NvRead;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.PolicyPcr;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import dev.keygate.evidence.tpm.command.RsaDecrypt;
import dev.keygate.evidence.tpm.command.StartAuthSession;
import dev.keygate.evidence.tpm.command.TpmAuthorization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What software in a machine does to be attested, over the machine's own TPM socket. */
public final class GuestSession implements AutoCloseable {

  private static final int CHUNK_BYTES = 512;

  private final TpmClient tpm;
  private final Bytes eventLog;
  private final JsonNode collateral;
  private final PcrValues pcrs;
  private final CreatedPrimary ephemeral;

  /**
   * The ephemeral key that is made.
   *
   * @param hierarchy where
   * @param template what for, given the present PCRs 0 to 7
   */
  public record KeyChoice(TpmHandle hierarchy, Function<PcrValues, TpmPublic> template) {

    /** A key of the null hierarchy that the present PCRs authorise. */
    public static final KeyChoice USUAL =
        new KeyChoice(
            TpmHandle.NULL_HIERARCHY,
            pcrs ->
                AzureTpm.ephemeralKeyTemplate(
                    PolicyDigest.ofPcrs(pcrs), Bytes.ofUtf8("a unique text")));
  }

  /**
   * @param collateral the answer of THIM
   */
  public GuestSession(Path tpmSocket, Path eventLog, JsonNode collateral)
      throws IOException, EvidenceFormatException {
    this(tpmSocket, eventLog, collateral, KeyChoice.USUAL);
  }

  /** The same with another ephemeral key. */
  public GuestSession(Path tpmSocket, Path eventLog, JsonNode collateral, KeyChoice choice)
      throws IOException, EvidenceFormatException {
    this.tpm = TpmClient.connect(tpmSocket);
    this.eventLog = Bytes.copyOf(Files.readAllBytes(eventLog));
    this.collateral = collateral;
    this.pcrs = tpm.run(new PcrRead(PcrSelection.FIRMWARE)).values();
    TpmPublic template = choice.template().apply(pcrs);
    this.ephemeral = tpm.run(new CreatePrimary(choice.hierarchy(), template, PcrSelection.NONE));
  }

  /** The inner JSON of AttestationInfo, in the encodings of the most used client. */
  public ObjectNode attestationInfo() throws IOException, EvidenceFormatException {
    ObjectNode info = Json.object().put("AttestationProtocolVersion", "2.0");
    info.put("OSType", base64("Linux")).put("OSDistro", base64("Ubuntu"));
    info.put("OSBuild", base64("NotApplication")).put("OSVersionMajor", 24);
    info.put("OSVersionMinor", 4).put("TcgLogs", base64(eventLog));
    info.putObject("ClientPayload").put("nonce", base64("n-1"));
    info.set("TpmInfo", tpmInfo());
    HclReport hcl = HclReport.parse(nv(AzureTpm.HCL_REPORT));
    ObjectNode proof = Json.object();
    proof.put("SnpReport", Base64Text.url(hcl.snpReport().orElseThrow().raw().toArray()));
    proof.put(
        "VcekCertChain",
        base64(
            collateral.path("vcekCert").asText() + collateral.path("certificateChain").asText()));
    ObjectNode isolation = info.putObject("IsolationInfo").put("Type", "SevSnp");
    isolation
        .putObject("Evidence")
        .put("Proof", base64(proof.toString()))
        .put("RunTimeData", base64(hcl.claims().raw()));
    return info;
  }

  /** What TPM2_ReadPublic answers about the attestation key, names included. */
  public Bytes attestationKeyArea() throws IOException, EvidenceFormatException {
    TpmPublic area = tpm.run(new ReadPublic(AzureTpm.ATTESTATION_KEY)).area();
    return ByteWriter.bigEndian()
        .bytes(area.toSizedBytes())
        .sized16(area.name())
        .sized16(area.qualifiedName(TpmHandle.ENDORSEMENT))
        .toBytes();
  }

  /** A quote of PCRs 0 to 7 with a nonce: statement and signature. */
  public SignedAttest quote(Bytes nonce) throws IOException, EvidenceFormatException {
    return tpm.run(new Quote(AzureTpm.ATTESTATION_KEY, nonce, PcrSelection.FIRMWARE));
  }

  private ObjectNode tpmInfo() throws IOException, EvidenceFormatException {
    TpmPublic attestationKey = tpm.run(new ReadPublic(AzureTpm.ATTESTATION_KEY)).area();
    SignedAttest quote = quote(Bytes.EMPTY);
    SignedAttest certification =
        tpm.run(new Certify(ephemeral.handle(), AzureTpm.ATTESTATION_KEY, Bytes.EMPTY));
    ObjectNode info = Json.object().put("AikCert", base64(nv(AzureTpm.AK_CERTIFICATE)));
    info.put("AikPub", base64(attestationKey.toSizedBytes()));
    info.put("PcrQuote", base64(quote.attest()));
    info.put("PcrSignature", base64(quote.signature().value()));
    pcrs.selection().indices().forEach(info.putArray("PcrSet")::add);
    for (int index : pcrs.selection().indices()) {
      info.withArray("PCRs")
          .addObject()
          .put("Index", index)
          .put("Digest", base64(pcrs.get(index).orElseThrow()));
    }
    info.put("EncKeyPub", base64(ephemeral.area().toSizedBytes()));
    info.put("EncKeyCertifyInfo", base64(certification.attest()));
    return info.put("EncKeyCertifyInfoSignature", base64(certification.signature().value()));
  }

  /** Opens a sealed token with the TPM. */
  public String open(String sealed)
      throws IOException, EvidenceFormatException, GeneralSecurityException {
    try {
      JsonNode json = Json.parseObject(new String(Base64Text.decode(sealed), UTF_8));
      byte[] tag = decode(json, "AuthenticationData");
      byte[] text = decode(json, "Jwt");
      byte[] all = Arrays.copyOf(text, text.length + tag.length);
      System.arraycopy(tag, 0, all, text.length, tag.length);
      byte[] iv = decode(json.path("EncryptionParams"), "Iv");
      Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
      gcm.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(decrypt(decode(json, "EncryptedInnerKey"), RsaScheme.RSAES), "AES"),
          new GCMParameterSpec(128, iv));
      gcm.updateAAD("Transport Key".getBytes(US_ASCII));
      return new String(gcm.doFinal(all), US_ASCII);
    } catch (MalformedTextException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Decrypts with the ephemeral key. */
  public byte[] decrypt(byte[] cipherText, RsaScheme scheme)
      throws IOException, EvidenceFormatException {
    TpmHandle session =
        tpm.run(new StartAuthSession(StartAuthSession.SessionKind.POLICY, Bytes.zeros(16)));
    tpm.run(new PolicyPcr(session, pcrs.digest(), PcrSelection.FIRMWARE));
    try (DecryptedMessage message =
        tpm.run(
            new RsaDecrypt(
                ephemeral.handle(),
                TpmAuthorization.closingPolicySession(session),
                Bytes.copyOf(cipherText),
                scheme))) {
      return message.reveal();
    }
  }

  private Bytes nv(TpmHandle index) throws IOException, EvidenceFormatException {
    int size = tpm.run(new NvReadPublic(index)).dataSizeBytes();
    Bytes all = Bytes.EMPTY;
    while (all.size() < size) {
      int chunk = Math.min(CHUNK_BYTES, size - all.size());
      all = Bytes.concat(all, tpm.run(NvRead.asOwner(index, chunk, all.size())));
    }
    return all;
  }

  private static byte[] decode(JsonNode json, String member) throws MalformedTextException {
    return Base64Text.decode(json.path(member).asText());
  }

  private static String base64(Bytes bytes) {
    return Base64Text.standard(bytes.toArray());
  }

  private static String base64(String text) {
    return Base64Text.standard(text.getBytes(UTF_8));
  }

  @Override
  public void close() throws IOException {
    tpm.close();
  }
}
