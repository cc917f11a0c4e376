package dev.keygate.evidence.tpm.command;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.RsaParameters;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.command.StartAuthSession.SessionKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** The commands whose bytes another implementation recorded, by the name it gave them. */
final class GoldenCommands {

  static final TpmHandle OBJECT = new TpmHandle(0x80000001);
  static final TpmHandle SESSION = new TpmHandle(0x03000000);
  static final Bytes DIGEST = Bytes.zeros(32);

  private GoldenCommands() {}

  static Map<String, TpmCommand<?>> byName() {
    Map<String, TpmCommand<?>> commands = new LinkedHashMap<>();
    storage(commands);
    keys(commands);
    sessions(commands);
    return commands;
  }

  private static void storage(Map<String, TpmCommand<?>> commands) {
    TpmHandle report = AzureTpm.HCL_REPORT;
    TpmHandle userData = AzureTpm.USER_DATA;
    int attributes = NvPublic.OWNER_AND_AUTH_READ_WRITE;
    commands.put("NV_ReadPublic 01400001", new NvReadPublic(report));
    commands.put("NV_Read(owner) 512@0", NvRead.asOwner(report, 512, 0));
    commands.put("NV_UndefineSpace 01400002", new NvUndefineSpace(userData));
    commands.put(
        "NV_DefineSpace 01400002/64",
        new NvDefineSpace(new NvPublic(userData, attributes, Bytes.EMPTY, 64)));
    commands.put("NV_Write 64@0", NvWrite.asOwner(userData, countingBytes(64), 0));
  }

  private static void keys(Map<String, TpmCommand<?>> commands) {
    TpmHandle signer = AzureTpm.ATTESTATION_KEY;
    PcrSelection firmware = PcrSelection.FIRMWARE;
    commands.put("ReadPublic AK", new ReadPublic(signer));
    commands.put("PCR_Read 0-7", new PcrRead(firmware));
    commands.put("Quote AK", new Quote(signer, Bytes.EMPTY, firmware));
    commands.put(
        "CreatePrimary(OWNER,CAT)",
        new CreatePrimary(TpmHandle.OWNER, template(Bytes.EMPTY), firmware));
    commands.put(
        "CreatePrimary(NULL)",
        new CreatePrimary(TpmHandle.NULL_HIERARCHY, template(Bytes.zeros(256)), PcrSelection.NONE));
    commands.put("Certify", new Certify(OBJECT, signer, Bytes.EMPTY));
    commands.put("Certify(CAT args)", new Certify(OBJECT, signer, Bytes.EMPTY));
    TpmAuthorization session = TpmAuthorization.continuedPolicySession(SESSION);
    Bytes cipherText = Bytes.zeros(256);
    commands.put(
        "RSA_Decrypt RSAES policy", new RsaDecrypt(OBJECT, session, cipherText, RsaScheme.RSAES));
    commands.put(
        "RSA_Decrypt OAEP sha256",
        new RsaDecrypt(OBJECT, session, cipherText, RsaScheme.OAEP_SHA256));
  }

  private static void sessions(Map<String, TpmCommand<?>> commands) {
    Bytes nonce = Bytes.zeros(20);
    commands.put("StartAuthSession TRIAL", new StartAuthSession(SessionKind.TRIAL, nonce));
    commands.put("StartAuthSession POLICY", new StartAuthSession(SessionKind.POLICY, nonce));
    commands.put("PolicyPCR", new PolicyPcr(SESSION, DIGEST, PcrSelection.FIRMWARE));
    commands.put("PolicyGetDigest", new PolicyGetDigest(SESSION));
    commands.put("FlushContext", new FlushContext(SESSION));
    commands.put("PCR_Extend8", new PcrExtend(8, DIGEST));
  }

  static TpmPublic template(Bytes unique) {
    return new TpmPublic(
        ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY, DIGEST, RsaParameters.RSA_2048, unique);
  }

  private static Bytes countingBytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return Bytes.copyOf(bytes);
  }
}
