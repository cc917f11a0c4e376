package dev.keygate.evidence.verify;

import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.evidence.bytes.EvidenceFormatException;
import dev.keygate.evidence.hcl.HclReport;
import dev.keygate.evidence.testing.HclReportBuilder;
import dev.keygate.evidence.testing.SnpReportBuilder;
import dev.keygate.evidence.testing.TdReportBuilder;
import dev.keygate.evidence.tpm.ObjectAttributes;
import dev.keygate.evidence.tpm.PcrSelection;
import dev.keygate.evidence.tpm.PcrValues;
import dev.keygate.evidence.tpm.RsaParameters;
import dev.keygate.evidence.tpm.TpmPublic;
import dev.keygate.evidence.tpm.attest.AttestHeader;
import dev.keygate.evidence.tpm.attest.QuoteAttest;
import dev.keygate.evidence.tpm.attest.RsassaSignature;
import dev.keygate.evidence.tpm.attest.SignedAttest;
import dev.keygate.evidence.tpm.attest.TpmClock;
import dev.keygate.evidence.tpm.attest.TpmsAttest;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;

/** A confidential machine whose parts tests replace one at a time. */
final class TestMachine {

  static final Bytes NONCE = Bytes.ofUtf8("fresh");
  static final PcrSelection PCRS = PcrSelection.of(0, 7);

  private static final int ATTESTATION_KEY_ATTRIBUTES = 0x00050472;

  HclReportBuilder hcl = hclReport();
  PcrValues pcrs = PcrValues.of(Map.of(0, Bytes.zeros(32), 7, Bytes.fromHex("77".repeat(32))));
  TpmPublic attestationKey = publicArea((RSAPublicKey) TestPlatform.ATTESTATION_KEY.getPublic());
  PrivateKey signingKey = TestPlatform.ATTESTATION_KEY.getPrivate();
  TpmsAttest statement = quote(NONCE, PCRS, pcrs);

  static HclReportBuilder hclReport() {
    return HclReportBuilder.of(
        SnpReportBuilder.of(TestPlatform.milanVcek()),
        (RSAPublicKey) TestPlatform.ATTESTATION_KEY.getPublic());
  }

  static HclReportBuilder tdxHclReport(TdReportBuilder hardware) {
    return HclReportBuilder.of(hardware, (RSAPublicKey) TestPlatform.ATTESTATION_KEY.getPublic());
  }

  static TpmPublic publicArea(RSAPublicKey key) {
    byte[] modulus = key.getModulus().toByteArray();
    return new TpmPublic(
        new ObjectAttributes(ATTESTATION_KEY_ATTRIBUTES),
        Bytes.EMPTY,
        RsaParameters.RSA_2048,
        Bytes.copyOf(modulus, modulus.length - 256, 256));
  }

  static QuoteAttest quote(Bytes nonce, PcrSelection selection, PcrValues values) {
    return new QuoteAttest(header(nonce), selection, values.digest());
  }

  static AttestHeader header(Bytes nonce) {
    TpmClock clock = new TpmClock(1, 2, 3, TpmClock.Safety.SAFE);
    return new AttestHeader(Bytes.EMPTY, nonce, clock, 4);
  }

  CvmEvidence evidence() throws EvidenceFormatException {
    return new CvmEvidence(
        HclReport.parse(hcl.build()), attestationKey, sign(statement.toBytes()), pcrs);
  }

  SignedAttest sign(Bytes attest) {
    try {
      Signature signer = Signature.getInstance("SHA256withRSA");
      signer.initSign(signingKey);
      signer.update(attest.toArray());
      return new SignedAttest(attest, new RsassaSignature(Bytes.copyOf(signer.sign())));
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException(refused);
    }
  }
}
