package dev.keygate.emulator.keyvault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keygate.emulator.json.Json;
import dev.keygate.emulator.testing.LabClient;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** A release envelope, verified and unwrapped by other code than the vault's. */
record ReleasedEnvelope(JsonNode header, JsonNode payload, X509Certificate leaf) {

  static ReleasedEnvelope verified(LabClient.Reply reply, X509Certificate root) throws Exception {
    String[] parts = reply.json().path("value").asText().split("\\.", -1);
    JsonNode header = Json.parseObject(new String(decode(parts[0]), UTF_8));
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (JsonNode der : header.path("x5c")) {
      chain.add(
          (X509Certificate)
              factory.generateCertificate(
                  new ByteArrayInputStream(Base64.getDecoder().decode(der.asText()))));
    }
    PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    trust.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(factory.generateCertPath(chain.subList(0, 2)), trust);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(chain.getFirst());
    signature.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
    if (!signature.verify(decode(parts[2]))) {
      throw new IllegalStateException("the envelope's signature does not verify");
    }
    return new ReleasedEnvelope(
        header, Json.parseObject(new String(decode(parts[1]), UTF_8)), chain.getFirst());
  }

  /** The header of the wrapped key. */
  JsonNode keyHsmHeader() throws Exception {
    return Json.parseObject(new String(decode(keyHsm()), UTF_8)).path("header");
  }

  List<String> leafNames() throws Exception {
    return leaf.getSubjectAlternativeNames().stream().map(name -> (String) name.get(1)).toList();
  }

  String keyHsm() {
    return payload.at("/response/key/key/key_hsm").asText();
  }

  int ciphertextBytes() throws Exception {
    return ciphertext().length;
  }

  private byte[] ciphertext() throws Exception {
    JsonNode blob = Json.parseObject(new String(decode(keyHsm()), UTF_8));
    return decode(blob.path("ciphertext").asText());
  }

  byte[] unwrap(PrivateKey environment, String digest) throws Exception {
    byte[] ciphertext = ciphertext();
    int modulusBytes = ((RSAKey) environment).getModulus().bitLength() / 8;
    Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
    rsa.init(
        Cipher.DECRYPT_MODE,
        environment,
        new OAEPParameterSpec(
            digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT));
    byte[] aes = rsa.doFinal(Arrays.copyOf(ciphertext, modulusBytes));
    Cipher kwp = Cipher.getInstance("AES/KWP/NoPadding");
    kwp.init(Cipher.UNWRAP_MODE, new SecretKeySpec(aes, "AES"));
    return kwp.unwrap(
            Arrays.copyOfRange(ciphertext, modulusBytes, ciphertext.length),
            "RAW",
            Cipher.SECRET_KEY)
        .getEncoded();
  }

  /** Whether a private P-256 key belongs to the public one in the envelope. */
  boolean publicKeyOf(byte[] pkcs8) throws Exception {
    ECPrivateKey key =
        (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    org.bouncycastle.math.ec.ECPoint point =
        org.bouncycastle.asn1.x9.ECNamedCurveTable.getByName("secp256r1")
            .getG()
            .multiply(key.getS())
            .normalize();
    BigInteger x = new BigInteger(1, decode(payload.at("/response/key/key/x").asText()));
    return point.getAffineXCoord().toBigInteger().equals(x);
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
