package dev.keygate.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.tpm.AzureTpm;
import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.PolicyDigest;
import dev.keygate.evidence.tpm.RecordedTpm;
import dev.keygate.evidence.tpm.TpmHandle;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.AttestHeader;
import dev.keygate.evidence.tpm.attest.CertifyAttest;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.RsassaSignature;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmClock;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertifiedKeyVerifierTest {

  private static final PcrValues PCRS = PcrValues.of(Map.of(0, Bytes.zeros(32)));
  private static final AttestHeader HEADER =
      new AttestHeader(
          Bytes.zeros(34), Bytes.EMPTY, new TpmClock(0, 0, 0, TpmClock.Safety.SAFE), 0);

  @SuppressWarnings("NullAway.Init") // set before every test of this class
  private static KeyPair signer;

  @SuppressWarnings("NullAway.Init") // set before every test of this class
  private static TpmPublic attestationKey;

  @BeforeAll
  static void makeAttestationKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    signer = generator.generateKeyPair();
    attestationKey = AzureTpm.attestationKeyTemplate(modulus((RSAPublicKey) signer.getPublic()));
  }

  @Test
  void believesAKeyOfTheSameTpm() throws GeneralSecurityException, EvidenceVerificationException {
    TpmPublic key = key(ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY.bits());

    VerifiedCertifiedKey verified =
        CertifiedKeyVerifier.verify(key, certify(key), attestationKey, PCRS);

    assertThat(verified.publicKey().getModulus())
        .isEqualTo(((RSAPublicKey) signer.getPublic()).getModulus());
  }

  @Test
  void believesTheOfficialExample()
      throws IOException, EvidenceFormatException, EvidenceVerificationException {
    TpmPublic key = TpmPublic.parseSized(RecordedTpm.tpmInfo("EncKeyPub"));
    SignedAttest certification =
        new SignedAttest(
            RecordedTpm.tpmInfo("EncKeyCertifyInfo"),
            new RsassaSignature(RecordedTpm.tpmInfo("EncKeyCertifyInfoSignature")));

    VerifiedCertifiedKey verified =
        CertifiedKeyVerifier.verify(
            key,
            certification,
            TpmPublic.parseSized(RecordedTpm.tpmInfo("AikPub")),
            RecordedTpm.tpmInfoPcrs());

    assertThat(verified.area()).isEqualTo(key);
  }

  @Test
  void refusesAnotherSigner() throws GeneralSecurityException {
    TpmPublic key = key(ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY.bits());
    SignedAttest certification = certify(key);
    byte[] other = attestationKey.unique().toArray();
    other[100] ^= 1;
    TpmPublic otherSigner = AzureTpm.attestationKeyTemplate(Bytes.copyOf(other));

    assertRefused(
        Check.CERTIFICATION_SIGNATURE,
        () -> CertifiedKeyVerifier.verify(key, certification, otherSigner, PCRS));
  }

  @Test
  void refusesAChangedStatement() throws GeneralSecurityException {
    TpmPublic key = key(ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY.bits());
    SignedAttest certification = certify(key);
    byte[] attest = certification.attest().toArray();
    attest[attest.length - 1] ^= 1;
    SignedAttest changed = new SignedAttest(Bytes.copyOf(attest), certification.signature());

    assertRefused(
        Check.CERTIFICATION_SIGNATURE,
        () -> CertifiedKeyVerifier.verify(key, changed, attestationKey, PCRS));
  }

  @Test
  void refusesAQuoteInPlaceOfACertification() throws GeneralSecurityException {
    TpmPublic key = key(ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY.bits());
    SignedAttest quote = sign(new QuoteAttest(HEADER, PcrSelection.FIRMWARE, Bytes.zeros(32)));

    assertRefused(
        Check.CERTIFICATION_SIGNATURE,
        () -> CertifiedKeyVerifier.verify(key, quote, attestationKey, PCRS));
  }

  @Test
  void refusesACertificationOfAnotherKey() throws GeneralSecurityException {
    TpmPublic key = key(ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY.bits());
    SignedAttest ofOther = certify(attestationKey);

    assertRefused(
        Check.CERTIFIED_NAME,
        () -> CertifiedKeyVerifier.verify(key, ofOther, attestationKey, PCRS));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00020430, // not fixed to the TPM
        0x00020422, // not fixed to the parent
        0x00020412, // not made by the TPM
        0x00020472, // usable with a password
        0x00060432, // signs, too
        0x00030432, // restricted
        0x00000432 // does not decrypt
      })
  void refusesAKeyThatIsNotBoundToTpmAndPolicy(int attributes) throws GeneralSecurityException {
    TpmPublic key = key(attributes);
    SignedAttest certification = certify(key);

    assertRefused(
        Check.CERTIFIED_KEY_ATTRIBUTES,
        () -> CertifiedKeyVerifier.verify(key, certification, attestationKey, PCRS));
  }

  @Test
  void refusesAPolicyOverOtherPcrValues() throws GeneralSecurityException {
    TpmPublic key = key(ObjectAttributes.POLICY_BOUND_DECRYPTION_KEY.bits());
    SignedAttest certification = certify(key);
    PcrValues others = PcrValues.of(Map.of(0, Bytes.fromHex("01".repeat(32))));

    assertRefused(
        Check.CERTIFIED_KEY_POLICY,
        () -> CertifiedKeyVerifier.verify(key, certification, attestationKey, others));
  }

  private static void assertRefused(Check check, ThrowingCallable verification) {
    assertThatThrownBy(verification)
        .isInstanceOfSatisfying(
            EvidenceVerificationException.class,
            refused -> assertThat(refused.check()).isEqualTo(check));
  }

  private static TpmPublic key(int attributes) {
    TpmPublic bound =
        AzureTpm.ephemeralKeyTemplate(PolicyDigest.ofPcrs(PCRS), attestationKey.unique());
    return new TpmPublic(
        new ObjectAttributes(attributes), bound.authPolicy(), bound.parameters(), bound.unique());
  }

  private static SignedAttest certify(TpmPublic key) throws GeneralSecurityException {
    return sign(new CertifyAttest(HEADER, key.name(), key.qualifiedName(TpmHandle.NULL_HIERARCHY)));
  }

  private static SignedAttest sign(TpmsAttest attest) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(signer.getPrivate());
    signature.update(attest.toBytes().toArray());
    return new SignedAttest(attest.toBytes(), new RsassaSignature(Bytes.copyOf(signature.sign())));
  }

  private static Bytes modulus(RSAPublicKey key) {
    byte[] signed = key.getModulus().toByteArray();
    return Bytes.copyOf(signed, signed.length - 256, 256);
  }
}
