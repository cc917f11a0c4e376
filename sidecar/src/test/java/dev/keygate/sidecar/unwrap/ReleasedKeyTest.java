package dev.keygate.sidecar.unwrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.keygate.endpoint.EndpointFormatException;
import dev.keygate.endpoint.KeyIdentifier;
import dev.keygate.evidence.bytes.Bytes;
import dev.keygate.failure.Reason;
import dev.keygate.failure.RefusedException;
import dev.keygate.sidecar.secret.Purpose;
import dev.keygate.sidecar.secret.SecretBytes;
import dev.keygate.sidecar.testing.EnvelopeDraft;
import dev.keygate.sidecar.testing.Keys;
import dev.keygate.sidecar.testing.WrappedMaterial;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleasedKeyTest {

  /**
   * PKCS #8 of secp256k1's private key 1, whose public point is the base point: version, algorithm
   * (id-ecPublicKey, secp256k1), ECPrivateKey {1, key}.
   */
  private static final String SECP256K1_ONE =
      "303e020100301006072a8648ce3d020106052b8104000a042730250201010420"
          + "0000000000000000000000000000000000000000000000000000000000000001";

  private static final String SECP256K1_GX =
      "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
  private static final String SECP256K1_GY =
      "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

  @Test
  void writesAnRsaKeyThatDecryptsWhatItsPublicHalfEncrypted() throws Exception {
    try (ReleasedKey key = unwrap(rsa(Keys.TARGET), pkcs8(Keys.TARGET))) {
      RSAKey jwk = RSAKey.parse(text(key, KeyEncoding.JWK));

      assertThat(jwk.toPrivateKey()).isEqualTo(Keys.TARGET.getPrivate());
      assertThat(jwk.getKeyID()).isEqualTo(identifier().toString());
      assertThat(jwk.getKeyOperations()).containsExactly(KeyOperation.DECRYPT);
    }
  }

  @Test
  void writesPemThatIsTheSameKey() throws Exception {
    try (ReleasedKey key = unwrap(rsa(Keys.TARGET), pkcs8(Keys.TARGET))) {
      JWK jwk = JWK.parseFromPEMEncodedObjects(text(key, KeyEncoding.PKCS8_PEM));

      assertThat(jwk.toRSAKey().toPrivateKey()).isEqualTo(Keys.TARGET.getPrivate());
      assertThat(text(key, KeyEncoding.PKCS8_PEM).lines()).allMatch(line -> line.length() <= 64);
    }
  }

  @Test
  void writesRawDerOfAnAsymmetricKey() throws Exception {
    try (ReleasedKey key = unwrap(rsa(Keys.TARGET), pkcs8(Keys.TARGET));
        SecretBytes raw = key.encode(KeyEncoding.RAW)) {
      assertThat(raw.reveal(Purpose.VERIFY, byte[]::clone)).isEqualTo(pkcs8(Keys.TARGET));
    }
  }

  @ParameterizedTest
  @CsvSource({"secp256r1, P_256", "secp384r1, P_384", "secp521r1, P_521"})
  void writesKeysOfTheJdksCurves(String jdkName, EcCurve curve) throws Exception {
    KeyPair pair = Keys.ec(jdkName);
    try (ReleasedKey key = unwrap(ec(pair, curve), pkcs8(pair))) {
      ECKey jwk = ECKey.parse(text(key, KeyEncoding.JWK));

      assertThat(jwk.toPrivateKey()).isEqualTo(pair.getPrivate());
      assertThat(jwk.toPublicKey()).isEqualTo(pair.getPublic());
    }
  }

  @Test
  void writesAKeyOfSecp256k1() throws Exception {
    AnnouncedKey announced =
        new AnnouncedKey.Ec(
            EcCurve.P_256K, Bytes.fromHex(SECP256K1_GX), Bytes.fromHex(SECP256K1_GY));
    try (ReleasedKey key = unwrap(announced, Bytes.fromHex(SECP256K1_ONE).toArray())) {
      ECKey jwk = ECKey.parse(text(key, KeyEncoding.JWK));

      assertThat(jwk.getCurve().getName()).isEqualTo("secp256k1");
      assertThat(jwk.getD().decodeToBigInteger()).isEqualTo(BigInteger.ONE);
      assertThat(jwk.getD().decode()).hasSize(32);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32, 64})
  void writesASymmetricKey(int size) throws Exception {
    byte[] material = new byte[size];
    new Random(size).nextBytes(material);
    try (ReleasedKey key = unwrap(new AnnouncedKey.Oct(), material)) {
      OctetSequenceKey jwk = OctetSequenceKey.parse(text(key, KeyEncoding.JWK));

      assertThat(jwk.toByteArray()).isEqualTo(material);
      assertThat(key.allows(KeyEncoding.PKCS8_PEM)).isFalse();
      assertThatIllegalArgumentException().isThrownBy(() -> key.encode(KeyEncoding.PKCS8_PEM));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 15, 17, 31, 33, 65, 1024})
  void refusesASymmetricKeyOfAnotherSize(int size) {
    refuses(new AnnouncedKey.Oct(), new byte[size]);
  }

  @Test
  void refusesAnotherRsaKeyThanAnnounced() {
    refuses(rsa(Keys.TARGET), pkcs8(Keys.OTHER));
  }

  @Test
  void refusesAnotherEcKeyThanAnnounced() {
    refuses(ec(Keys.ec("secp256r1"), EcCurve.P_256), pkcs8(Keys.ec("secp256r1")));
  }

  @Test
  void refusesAKeyOnAnotherCurveThanAnnounced() {
    refuses(ec(Keys.ec("secp256r1"), EcCurve.P_256), pkcs8(Keys.ec("secp384r1")));
  }

  @Test
  void refusesAKeyOfAnotherTypeThanAnnounced() {
    refuses(rsa(Keys.TARGET), pkcs8(Keys.ec("secp256r1")));
    refuses(ec(Keys.ec("secp256r1"), EcCurve.P_256), pkcs8(Keys.TARGET));
  }

  @Test
  void refusesMaterialThatSomethingFollows() {
    byte[] exact = pkcs8(Keys.TARGET);
    refuses(rsa(Keys.TARGET), Arrays.copyOf(exact, exact.length + 1));
  }

  @Test
  void refusesEveryTruncation() {
    byte[] exact = pkcs8(Keys.TARGET);
    for (int size = 1; size < exact.length; size += 7) {
      refuses(rsa(Keys.TARGET), Arrays.copyOf(exact, size));
    }
  }

  @Tag("rival-16")
  @Test
  void neverFailsOtherwiseThanByRefusal() {
    Random random = new Random(5649);
    byte[] exact = pkcs8(Keys.TARGET);
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = exact.clone();
      damaged[random.nextInt(80)] = (byte) random.nextInt(256);
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        Pkcs8.rsa(damaged);
      } catch (RefusedException refused) {
        assertThat(refused.reason()).isEqualTo(Reason.UnwrapFailed);
      }
    }
  }

  @Test
  void servesNothingOnceClosed() throws Exception {
    ReleasedKey key = unwrap(rsa(Keys.TARGET), pkcs8(Keys.TARGET));
    key.close();

    assertThatIllegalStateException().isThrownBy(() -> key.encode(KeyEncoding.JWK));
  }

  @Test
  void showsNoMaterial() throws Exception {
    try (ReleasedKey key = unwrap(rsa(Keys.TARGET), pkcs8(Keys.TARGET))) {
      assertThat(key.toString()).isEqualTo("ReleasedKey[" + identifier() + "]");
    }
  }

  private static void refuses(AnnouncedKey announced, byte[] material) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> unwrap(announced, material))
        .returns(Reason.UnwrapFailed, RefusedException::reason);
  }

  private static ReleasedKey unwrap(AnnouncedKey announced, byte[] material)
      throws RefusedException {
    KeyDescription description =
        new KeyDescription(identifier(), announced, List.of("decrypt", "export"));
    WrappedKey wrapped =
        new WrappedKey(
            KeyEncryption.RSA_AES_KEY_WRAP_256,
            Bytes.zeros(256),
            Bytes.copyOf(WrappedMaterial.wrap(WrappedMaterial.aesKey(), material)));
    try (SecretBytes aesKey = SecretBytes.takeOwnershipOf(WrappedMaterial.aesKey())) {
      return ReleasedKey.unwrap(description, wrapped, aesKey);
    }
  }

  private static KeyIdentifier identifier() {
    try {
      return KeyIdentifier.parse(
          "https://contoso.vault.azure.net/keys/orders/" + EnvelopeDraft.VERSION);
    } catch (EndpointFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] pkcs8(KeyPair pair) {
    return pair.getPrivate().getEncoded();
  }

  private static AnnouncedKey rsa(KeyPair pair) {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return new AnnouncedKey.Rsa(fixed(key.getModulus(), 256), fixed(key.getPublicExponent(), 3));
  }

  private static AnnouncedKey ec(KeyPair pair, EcCurve curve) {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    return new AnnouncedKey.Ec(
        curve,
        fixed(key.getW().getAffineX(), curve.fieldBytes()),
        fixed(key.getW().getAffineY(), curve.fieldBytes()));
  }

  private static Bytes fixed(BigInteger number, int size) {
    byte[] octets = number.toByteArray();
    byte[] padded = new byte[size];
    int length = Math.min(size, octets.length);
    System.arraycopy(octets, octets.length - length, padded, size - length, length);
    return Bytes.copyOf(padded);
  }

  private static String text(ReleasedKey key, KeyEncoding encoding) {
    try (SecretBytes text = key.encode(encoding)) {
      return text.reveal(Purpose.VERIFY, octets -> new String(octets, StandardCharsets.US_ASCII));
    }
  }
}
