package dev.keygate.emulator.platform.vtpm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.RsaParameters;
import dev.keygate.evidence.tpm.RsaScheme;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.command.Certify;
import dev.keygate.evidence.tpm.command.CreatePrimary;
import dev.keygate.evidence.tpm.command.CreatedPrimary;
import dev.keygate.evidence.tpm.command.DecryptedMessage;
import dev.keygate.evidence.tpm.command.FlushContext;
import dev.keygate.evidence.tpm.command.GetRandom;
import dev.keygate.evidence.tpm.command.NvDefineSpace;
import dev.keygate.evidence.tpm.command.NvPublic;
import dev.keygate.evidence.tpm.command.NvRead;
import dev.keygate.evidence.tpm.command.NvReadPublic;
import dev.keygate.evidence.tpm.command.NvUndefineSpace;
import dev.keygate.evidence.tpm.command.NvWrite;
import dev.keygate.evidence.tpm.command.PcrExtend;
import dev.keygate.evidence.tpm.command.PcrRead;
import dev.keygate.evidence.tpm.command.PolicyGetDigest;
import dev.keygate.evidence.tpm.command.PolicyPcr;
import dev.keygate.evidence.tpm.command.Quote;
import dev.keygate.evidence.tpm.command.ReadPublic;
import dev.keygate.evidence.tpm.command.RsaDecrypt;
import dev.keygate.evidence.tpm.command.StartAuthSession;
import dev.keygate.evidence.tpm.command.StartAuthSession.SessionKind;
import dev.keygate.evidence.tpm.command.TpmAuthorization;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
class SoftwareTpmTest {

  private static final Bytes DIGEST = Bytes.fromHex("5a".repeat(32));
  private static final byte[] SECRET = {1, 2, 3, 4};
  private static final PcrSelection FIRMWARE = PcrSelection.FIRMWARE;

  @TempDir private static Path folder;
  private static SoftwareTpm tpm;

  private TpmSocket socket;
  private TpmClient client;

  @BeforeAll
  static void makeTpm() {
    SecureRandom random = new SecureRandom();
    tpm = new SoftwareTpm(TpmSeeds.generate(random), 0, random, new FixedTime());
    TpmKey key =
        tpm.primary(TpmHandle.ENDORSEMENT, AzureTpm.attestationKeyTemplate(Bytes.zeros(256)));
    tpm.persist(AzureTpm.ATTESTATION_KEY, key);
    tpm.provision(AzureTpm.HCL_REPORT, 2600, Bytes.ofUtf8("HCLA"));
  }

  @BeforeEach
  void connect() throws IOException {
    socket = TpmSocket.listen(folder.resolve("tpm.sock"), tpm);
    client = TpmClient.connect(socket.path());
  }

  @AfterEach
  void disconnect() throws IOException {
    client.close();
    socket.close();
  }

  @Test
  void readsAnNvIndexInParts() throws IOException, EvidenceFormatException {
    NvPublic space = client.run(new NvReadPublic(AzureTpm.HCL_REPORT));

    assertThat(space.dataSizeBytes()).isEqualTo(2600);
    assertThat(client.run(NvRead.asOwner(AzureTpm.HCL_REPORT, 1024, 0)).slice(0, 4).utf8())
        .isEqualTo("HCLA");
    assertThat(client.run(NvRead.asOwner(AzureTpm.HCL_REPORT, 552, 2048)).isZero()).isTrue();
  }

  @Test
  void refusesNvReadsBeyondBufferAndIndex() throws IOException, EvidenceFormatException {
    client.assertRefused(0x1C4, NvRead.asOwner(AzureTpm.HCL_REPORT, 1025, 0));
    client.assertRefused(0x146, NvRead.asOwner(AzureTpm.HCL_REPORT, 1024, 2048));
    client.assertRefused(0x18B, new NvReadPublic(AzureTpm.AK_CERTIFICATE));
    client.assertRefused(0x28B, NvRead.asOwner(AzureTpm.AK_CERTIFICATE, 16, 0));
  }

  @Test
  void keepsWhatTheGuestDefines() throws IOException, EvidenceFormatException {
    TpmHandle index = new TpmHandle(0x01800001);
    NvPublic space = new NvPublic(index, NvPublic.OWNER_AND_AUTH_READ_WRITE, Bytes.EMPTY, 32);
    client.run(new NvDefineSpace(space));
    client.assertRefused(0x14C, new NvDefineSpace(space));
    client.assertRefused(0x14A, NvRead.asOwner(index, 32, 0));

    client.run(NvWrite.asOwner(index, DIGEST, 0));

    assertThat(client.run(new NvRead(index, index, 32, 0))).isEqualTo(DIGEST);
    client.assertRefused(0x146, NvWrite.asOwner(index, DIGEST, 1));
    client.run(new NvUndefineSpace(index));
    client.assertRefused(0x18B, new NvReadPublic(index));
  }

  @Test
  void protectsWhatThePlatformDefined() throws IOException, EvidenceFormatException {
    client.assertRefused(0x149, NvWrite.asOwner(AzureTpm.HCL_REPORT, DIGEST, 0));
    client.assertRefused(0x149, new NvUndefineSpace(AzureTpm.HCL_REPORT));
    client.assertRefused(0x184, new NvRead(TpmHandle.ENDORSEMENT, AzureTpm.HCL_REPORT, 4, 0));
  }

  @Test
  void readsAtMostEightPcrsAtOnce() throws IOException, EvidenceFormatException {
    PcrValues values = client.run(new PcrRead(new PcrSelection(0xFFFFFF))).values();

    assertThat(values.selection()).isEqualTo(PcrSelection.FIRMWARE);
  }

  @Test
  void extendsAndCountsExtends() throws IOException, EvidenceFormatException {
    PcrSelection tenth = PcrSelection.of(10);
    long before = client.run(new PcrRead(tenth)).updateCounter();
    Bytes old = client.run(new PcrRead(tenth)).values().digest();

    client.run(new PcrExtend(10, DIGEST));

    assertThat(client.run(new PcrRead(tenth)).updateCounter()).isEqualTo(before + 1);
    assertThat(client.run(new PcrRead(tenth)).values().digest()).isNotEqualTo(old);
    client.assertRefused(0x907, new PcrExtend(17, DIGEST));
  }

  @Test
  void makesTheSameKeyOfTheSameTemplate() throws IOException, EvidenceFormatException {
    TpmHandle nullHierarchy = TpmHandle.NULL_HIERARCHY;
    TpmPublic first = derive(nullHierarchy, Bytes.EMPTY);

    assertThat(derive(nullHierarchy, Bytes.EMPTY)).isEqualTo(first);
    assertThat(derive(nullHierarchy, Bytes.fromHex("01")).unique()).isNotEqualTo(first.unique());
    assertThat(derive(TpmHandle.OWNER, Bytes.EMPTY).unique()).isNotEqualTo(first.unique());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "not bound to the TPM, 00020430, 2048, 0, 2c2",
    "brought from outside, 00020412, 2048, 0, 2c2",
    "of no use, 00000432, 2048, 0, 2c2",
    "storage key, 00030432, 2048, 0, 2d6",
    "restricted without a scheme, 00050432, 2048, 0, 2d2",
    "of 3072 bits, 00020432, 3072, 0, 2c4",
    "with exponent 3, 00020432, 2048, 3, 8d"
  })
  void makesNoOtherKeys(String kind, String attributes, int bits, long exponent, String code)
      throws IOException, EvidenceFormatException {
    TpmPublic template =
        new TpmPublic(
            new ObjectAttributes(Integer.parseInt(attributes, 16)),
            Bytes.EMPTY,
            new RsaParameters(RsaScheme.NONE, bits, exponent),
            Bytes.EMPTY);

    client.assertRefused(
        Integer.parseInt(code, 16),
        new CreatePrimary(TpmHandle.NULL_HIERARCHY, template, PcrSelection.NONE));
  }

  @Test
  void refusesHierarchiesThatAreNone() throws IOException, EvidenceFormatException {
    client.assertRefused(
        0x184,
        new CreatePrimary(new TpmHandle(0x4000000C), template(Bytes.EMPTY), PcrSelection.NONE));
  }

  @ParameterizedTest
  @CsvSource({"RSAES", "OAEP"})
  void decryptsUnderThePolicy(String padding)
      throws IOException, EvidenceFormatException, GeneralSecurityException {
    CreatedPrimary key = create(template(Bytes.EMPTY));
    RsaScheme scheme = padding.equals("OAEP") ? RsaScheme.OAEP_SHA256 : RsaScheme.RSAES;
    TpmHandle session = policySession();

    DecryptedMessage message =
        client.run(decrypt(key, session, encrypt(key.area(), padding), scheme));

    assertThat(message.reveal()).isEqualTo(SECRET);
    client.assertRefused(0x910, new PolicyGetDigest(session));
  }

  @Test
  void keepsAContinuedSessionButNotItsPolicy()
      throws IOException, EvidenceFormatException, GeneralSecurityException {
    CreatedPrimary key = create(template(Bytes.EMPTY));
    TpmHandle session = policySession();
    TpmAuthorization continued = TpmAuthorization.continuedPolicySession(session);
    Bytes cipherText = encrypt(key.area(), "RSAES");

    client.run(new RsaDecrypt(key.handle(), continued, cipherText, RsaScheme.RSAES));

    assertThat(client.run(new PolicyGetDigest(session))).isEqualTo(PolicyDigest.EMPTY);
    client.run(new FlushContext(session));
    client.assertRefused(0x1CB, new FlushContext(session));
    client.assertRefused(0x1C4, new FlushContext(TpmHandle.OWNER));
  }

  @Test
  void refusesThePolicyAfterAnExtend()
      throws IOException, EvidenceFormatException, GeneralSecurityException {
    CreatedPrimary key = create(template(Bytes.EMPTY));
    TpmHandle session = policySession();
    Bytes cipherText = encrypt(key.area(), "RSAES");

    client.run(new PcrExtend(12, DIGEST));

    client.assertRefused(0x128, decrypt(key, session, cipherText, RsaScheme.RSAES));
    assertThat(client.run(decrypt(key, policySession(), cipherText, RsaScheme.RSAES)).reveal())
        .isEqualTo(SECRET);
  }

  @Test
  void refusesOtherAuthorizationsThanThePolicy()
      throws IOException, EvidenceFormatException, GeneralSecurityException {
    CreatedPrimary key = create(template(Bytes.EMPTY));
    Bytes cipherText = encrypt(key.area(), "RSAES");
    TpmHandle bare = session(SessionKind.POLICY);
    TpmHandle trial = session(SessionKind.TRIAL);

    client.assertRefused(
        0x12F,
        new RsaDecrypt(key.handle(), TpmAuthorization.EMPTY_PASSWORD, cipherText, RsaScheme.RSAES));
    client.assertRefused(0x99D, decrypt(key, bare, cipherText, RsaScheme.RSAES));
    client.assertRefused(0x982, decrypt(key, trial, cipherText, RsaScheme.RSAES));
    client.assertRefused(
        0x918, decrypt(key, new TpmHandle(0x03FFFFFF), cipherText, RsaScheme.RSAES));
  }

  @Test
  void refusesWrongCipherTextsAndPcrDigests()
      throws IOException, EvidenceFormatException, GeneralSecurityException {
    CreatedPrimary key = create(template(Bytes.EMPTY));
    TpmHandle session = policySession();
    Bytes cipherText = encrypt(key.area(), "RSAES");

    client.assertRefused(0x084, decrypt(key, session, Bytes.zeros(256), RsaScheme.RSAES));
    client.assertRefused(0x084, decrypt(key, session, cipherText, RsaScheme.OAEP_SHA256));
    client.assertRefused(0x095, decrypt(key, session, cipherText.slice(0, 255), RsaScheme.RSAES));
    client.assertRefused(0x1C4, new PolicyPcr(session(SessionKind.POLICY), DIGEST, FIRMWARE));
  }

  @Test
  void computesPoliciesInTrialSessionsOverAnyValues() throws IOException, EvidenceFormatException {
    TpmHandle trial = session(SessionKind.TRIAL);

    client.run(new PolicyPcr(trial, DIGEST, FIRMWARE));

    assertThat(client.run(new PolicyGetDigest(trial)))
        .isEqualTo(PolicyDigest.afterPcrs(PolicyDigest.EMPTY, FIRMWARE, DIGEST));
  }

  @Test
  void separatesConnections() throws IOException, EvidenceFormatException {
    CreatedPrimary key = create(template(Bytes.EMPTY));
    TpmHandle session = session(SessionKind.POLICY);

    try (TpmClient other = TpmClient.connect(socket.path())) {
      other.assertRefused(0x910, new ReadPublic(key.handle()));
      other.assertRefused(0x910, new PolicyGetDigest(session));
      other.assertRefused(0x1CB, new FlushContext(key.handle()));
    }
    assertThat(client.run(new ReadPublic(key.handle())).area()).isEqualTo(key.area());
  }

  @Test
  void keepsThreeObjectsAndThreeSessionsPerConnection()
      throws IOException, EvidenceFormatException {
    CreatedPrimary first = create(template(Bytes.EMPTY));
    create(template(Bytes.EMPTY));
    create(template(Bytes.EMPTY));
    CreatePrimary fourth =
        new CreatePrimary(TpmHandle.NULL_HIERARCHY, template(Bytes.EMPTY), PcrSelection.NONE);
    client.assertRefused(0x902, fourth);
    for (int i = 0; i < 3; i++) {
      session(SessionKind.TRIAL);
    }
    client.assertRefused(0x903, new StartAuthSession(SessionKind.TRIAL, Bytes.zeros(16)));

    client.run(new FlushContext(first.handle()));

    assertThat(client.run(fourth).handle()).isEqualTo(first.handle());
  }

  @Test
  void signsOnlyWithSigningKeys() throws IOException, EvidenceFormatException {
    CreatedPrimary key = create(template(Bytes.EMPTY));

    client.assertRefused(0x12F, new Quote(key.handle(), Bytes.EMPTY, FIRMWARE));
    client.assertRefused(0x12F, new Certify(key.handle(), key.handle(), Bytes.EMPTY));
    client.assertRefused(0x18B, new Quote(new TpmHandle(0x81000004), Bytes.EMPTY, FIRMWARE));
    client.assertRefused(0x184, new ReadPublic(TpmHandle.OWNER));
    client.assertRefused(
        0x182,
        new RsaDecrypt(
            AzureTpm.ATTESTATION_KEY,
            TpmAuthorization.EMPTY_PASSWORD,
            Bytes.zeros(256),
            RsaScheme.RSAES));
  }

  @Test
  void givesRandomBytesUpToADigest() throws IOException, EvidenceFormatException {
    assertThat(client.run(new GetRandom(100)).size()).isEqualTo(64);
    assertThat(client.run(new GetRandom(16))).isNotEqualTo(client.run(new GetRandom(16)));
  }

  private CreatedPrimary create(TpmPublic template) throws IOException, EvidenceFormatException {
    return client.run(new CreatePrimary(TpmHandle.NULL_HIERARCHY, template, PcrSelection.NONE));
  }

  private TpmPublic derive(TpmHandle hierarchy, Bytes unique)
      throws IOException, EvidenceFormatException {
    CreatedPrimary key =
        client.run(new CreatePrimary(hierarchy, template(unique), PcrSelection.NONE));
    client.run(new FlushContext(key.handle()));
    assertThat(key.name()).isEqualTo(key.area().name());
    return key.area();
  }

  private static TpmPublic template(Bytes unique) {
    return AzureTpm.ephemeralKeyTemplate(PolicyDigest.ofPcrs(tpm.pcrs(FIRMWARE)), unique);
  }

  private TpmHandle session(SessionKind kind) throws IOException, EvidenceFormatException {
    return client.run(new StartAuthSession(kind, Bytes.zeros(16)));
  }

  private TpmHandle policySession() throws IOException, EvidenceFormatException {
    TpmHandle session = session(SessionKind.POLICY);
    client.run(new PolicyPcr(session, tpm.pcrs(FIRMWARE).digest(), FIRMWARE));
    return session;
  }

  private static RsaDecrypt decrypt(
      CreatedPrimary key, TpmHandle session, Bytes cipherText, RsaScheme scheme) {
    return new RsaDecrypt(
        key.handle(), TpmAuthorization.closingPolicySession(session), cipherText, scheme);
  }

  private static Bytes encrypt(TpmPublic key, String padding)
      throws GeneralSecurityException, EvidenceFormatException {
    Cipher cipher;
    if (padding.equals("OAEP")) {
      cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      MGF1ParameterSpec mgf1 = MGF1ParameterSpec.SHA256;
      cipher.init(
          Cipher.ENCRYPT_MODE,
          key.rsaPublicKey(),
          new OAEPParameterSpec("SHA-256", "MGF1", mgf1, PSource.PSpecified.DEFAULT));
    } else {
      cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, key.rsaPublicKey());
    }
    return Bytes.copyOf(cipher.doFinal(SECRET));
  }
}
