package dev.keygate.evidence.testing;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;

/** Signs certificates with RSASSA-PSS in the vendor's shape: MGF1 with the same hash. */
final class PssContentSigner implements ContentSigner {

  private final PrivateKey key;
  private final PSSParameterSpec parameters;
  private final ASN1ObjectIdentifier hash;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  private PssContentSigner(PrivateKey key, PSSParameterSpec parameters, ASN1ObjectIdentifier hash) {
    this.key = key;
    this.parameters = parameters;
    this.hash = hash;
  }

  /** The vendor's parameters: SHA-384 and 48 octets of salt. */
  static PssContentSigner sha384(PrivateKey key) {
    return new PssContentSigner(
        key,
        new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1),
        NISTObjectIdentifiers.id_sha384);
  }

  /** Parameters that the vendor does not use. */
  static PssContentSigner sha256(PrivateKey key) {
    return new PssContentSigner(
        key,
        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1),
        NISTObjectIdentifiers.id_sha256);
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    AlgorithmIdentifier digest = new AlgorithmIdentifier(hash, DERNull.INSTANCE);
    return new AlgorithmIdentifier(
        PKCSObjectIdentifiers.id_RSASSA_PSS,
        new RSASSAPSSparams(
            digest,
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, digest),
            new ASN1Integer(BigInteger.valueOf(parameters.getSaltLength())),
            RSASSAPSSparams.DEFAULT_TRAILER_FIELD));
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    try {
      Signature signer = Signature.getInstance("RSASSA-PSS");
      signer.setParameter(parameters);
      signer.initSign(key);
      signer.update(content.toByteArray());
      return signer.sign();
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException("a key of the software platform does not sign", refused);
    }
  }
}
